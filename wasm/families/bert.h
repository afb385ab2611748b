// BERT (Devlin et al. 2018).
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_bert(const ModelSource& source);

}  // namespace glassformer
