// The encoder-decoders of one plan, that of "Attention Is All You Need": BART (Lewis et al. 2019),
// mBART (Liu et al. 2020), Pegasus (Zhang et al. 2019) and Marian (Junczys-Dowmunt et al. 2018).
// They differ in where layers are normalised and in how positions are given.
#pragma once

#include "families/family.h"

namespace glassformer {

ModelResult load_bart(const ModelSource& source);
ModelResult load_mbart(const ModelSource& source);
ModelResult load_pegasus(const ModelSource& source);
ModelResult load_marian(const ModelSource& source);

}  // namespace glassformer
