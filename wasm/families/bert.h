// BERT (Devlin et al. 2018).
#pragma once

#include "families/family.h"

namespace glassformer {

Result<std::unique_ptr<Model>> load_bert(const ModelSource& source);

}  // namespace glassformer
