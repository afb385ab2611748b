// T5 (Raffel et al. 2019): pre-norm with RMS norm, relative positions, no biases, scores that are
// not scaled.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_t5(const ModelSource& source);

}  // namespace glassformer
