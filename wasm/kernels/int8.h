// Matrix products with int8 weights.
#pragma once

#include "core/matrix.h"
#include "core/workspace.h"

namespace glassformer {

/// out = a w^T: a [m, k] f32, w [n, k] int8, out [m, n]. Weights are widened a panel of rows at a
/// time and multiplied in f32: exact for the dequantised weights, and at most one panel of them is
/// in memory.
void matmul_transposed(ConstMatrix a, const Int8Matrix& w, Matrix out, Workspace& workspace);

}  // namespace glassformer
