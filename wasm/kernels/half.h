// Matrix products with weights in half floats.
#pragma once

#include "core/matrix.h"
#include "core/workspace.h"

namespace glassformer {

/// out = a w^T: a [m, k] f32, w [n, k] half, out [m, n]. Weights are widened, which is exact, a
/// panel of rows at a time and multiplied in f32.
void matmul_transposed(ConstMatrix a, const HalfMatrix& w, Matrix out, Workspace& workspace);

}  // namespace glassformer
