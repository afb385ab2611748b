// GPT (Radford et al. 2018): GPT-2's parts in post-norm order.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_openai_gpt(const ModelSource& source);

}  // namespace glassformer
