#include "formats/weight_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/half.h"

namespace glassformer {

namespace {

/// The sum of x * 0 is NaN as soon as one x is NaN or infinite, and the loop vectorises.
bool all_finite(std::span<const float> values) {
  float poison = 0.0F;
  for (const float value : values) poison += value * 0.0F;
  return poison == 0.0F;
}

Result<void> check_finite(const FileRow& row, std::span<const float> values) {
  if (all_finite(values)) return {};
  const auto bad = std::ranges::find_if(values, [](float value) { return !std::isfinite(value); });
  return fail(ErrorCode::kInvalidFormat, row.tensor, ": element ",
              row.first + static_cast<size_t>(bad - values.begin()), " is ",
              std::isnan(*bad) ? "NaN" : "infinite", ", expected finite weights");
}

void widen(const FileRow& row, std::span<float> out) {
  for (size_t i = 0; i < out.size(); ++i) {
    uint16_t bits;
    std::memcpy(&bits, row.bytes.data() + i * sizeof(bits), sizeof(bits));
    out[i] = row.dtype == DType::kF16 ? f16_to_f32(bits) : bf16_to_f32(bits);
  }
}

}  // namespace

Result<void> read_floats(const FileRow& row, std::span<float> out) {
  if (row.dtype == DType::kF32) {
    GF_CHECK(row.bytes.size() == out.size_bytes());
    std::memcpy(out.data(), row.bytes.data(), row.bytes.size());
  } else {
    GF_CHECK(row.bytes.size() == out.size() * sizeof(uint16_t));
    widen(row, out);
  }
  return check_finite(row, out);
}

Result<void> to_f16(const FileRow& row, std::span<const float> values, std::span<uint16_t> out) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (std::abs(values[i]) > kMaxF16) {
      return fail(ErrorCode::kInvalidArgument, row.tensor, ": element ", row.first + i,
                  " is too large for fp16 (beyond 65504): choose fp32 or q8");
    }
    out[i] = f32_to_f16(values[i]);
  }
  return {};
}

}  // namespace glassformer
