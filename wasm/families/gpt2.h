// GPT-2 (Radford et al. 2019), and DialoGPT, which has its layout.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_gpt2(const ModelSource& source);

}  // namespace glassformer
