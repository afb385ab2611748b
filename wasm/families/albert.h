// ALBERT (Lan et al. 2019): factorised embeddings, and one set of weights for all layers of a
// group.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_albert(const ModelSource& source);

}  // namespace glassformer
