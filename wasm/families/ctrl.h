// CTRL (Keskar et al. 2019): a pre-norm decoder with the sinusoidal positions of the original
// Transformer.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_ctrl(const ModelSource& source);

}  // namespace glassformer
