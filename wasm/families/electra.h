// ELECTRA (Clark et al. 2020): BERT's encoder, in the small ones behind narrower embeddings.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_electra(const ModelSource& source);

}  // namespace glassformer
