// DPR's question and context encoders (Karpukhin et al. 2020): BERT's encoder, whose first hidden
// state is the embedding.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_dpr(const ModelSource& source);

}  // namespace glassformer
