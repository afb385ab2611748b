// RoBERTa (Liu et al. 2019), CamemBERT (Martin et al. 2019) and XLM-RoBERTa (Conneau et al. 2019):
// BERT's encoder with positions counted after the padding id, and another classification head.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_roberta(const ModelSource& source);

}  // namespace glassformer
