// Matrix products in f32. Names say which operand is transposed in memory. Threads change how long
// a product takes, and no number of it.
#pragma once

#include <cstddef>
#include <span>

#include "core/matrix.h"
#include "core/thread_pool.h"

namespace glassformer {

/// out = a b^T: a [m, k], b [n, k], out [m, n]. A linear layer's product (weights are stored [out,
/// in]) and q k^T.
void matmul_transposed(ConstMatrix a, ConstMatrix b, Matrix out, ThreadPool* threads = nullptr);

/// out = a b: a [m, k], b [k, n], out [m, n]. Attention's probs v. `scratch`: matmul_scratch(m, k)
/// elements.
void matmul(ConstMatrix a, ConstMatrix b, Matrix out, std::span<float> scratch);
size_t matmul_scratch(size_t m, size_t k);

}  // namespace glassformer
