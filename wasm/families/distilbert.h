// DistilBERT (Sanh et al. 2019): BERT without token types and pooler.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_distilbert(const ModelSource& source);

}  // namespace glassformer
