// Between f32 and int8 with one symmetric scale per row.
#pragma once

#include <cstdint>
#include <span>

#include "core/matrix.h"

namespace glassformer {

/// Quantises a row to the nearest step; returns its scale, max |row| / 127 (0 for a row of zeros).
float quantize_row(std::span<const float> row, std::span<int8_t> out);

/// The sum of a row's integers.
int32_t row_sum(std::span<const int8_t> row);

/// Writes row i of `matrix` in f32; out [cols].
void dequantize_row(const Int8Matrix& matrix, size_t i, std::span<float> out);

}  // namespace glassformer
