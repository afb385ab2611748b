// Matrix products with int8 weights. The rows of a are quantised on the fly, each with its own
// scale, and the products are summed as integers: what is lost is the rounding of a to 127 steps
// over each row's range, and nothing else. Every build rounds and sums alike.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.h"
#include "core/workspace.h"

namespace glassformer {

/// How a row of activations became integers: x = scale * (q - zero_point), q in 0..127. The range
/// always holds 0.
struct RowQuantization {
  float scale;
  int32_t zero_point;
};

/// The largest q: with weights of -127..127, the sum of two products still fits into 16 bits, which
/// the fast instructions rely on.
inline constexpr int32_t kActivationMax = 127;

/// The scale and the zero point for this row's smallest and largest value.
RowQuantization choose_quantization(std::span<const float> row);

/// Which rows of w are multiplied faster, for Int8Matrix::light: [rows], each 0 or 1; empty where
/// the processor makes no difference between them. (x86 without VNNI can add up more products in 16
/// bits where weights that meet are not all large, as in most trained rows.)
std::vector<uint8_t> light_rows(MatrixView<const int8_t> w);

/// out = a w^T + bias: a [m, k] f32, w [n, k] int8, out [m, n], bias [n] or empty.
void matmul_transposed(ConstMatrix a, const Int8Matrix& w, std::span<const float> bias, Matrix out,
                       Workspace& workspace);

}  // namespace glassformer
