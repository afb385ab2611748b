// Matrix products in f32. Names say which operand is transposed in memory.
#pragma once

#include "core/matrix.h"
#include "core/workspace.h"

namespace glassformer {

/// out = a b^T: a [m, k], b [n, k], out [m, n]. A linear layer's product (weights are stored [out,
/// in]) and q k^T.
void matmul_transposed(ConstMatrix a, ConstMatrix b, Matrix out);

/// out = a b: a [m, k], b [k, n], out [m, n]. Attention's probs v.
void matmul(ConstMatrix a, ConstMatrix b, Matrix out, Workspace& workspace);

}  // namespace glassformer
