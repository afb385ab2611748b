// MPNet (Song et al. 2020): BERT's layers with RoBERTa's positions, T5's relative positions and no
// token types.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_mpnet(const ModelSource& source);

}  // namespace glassformer
