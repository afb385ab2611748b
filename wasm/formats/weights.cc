#include "formats/weights.h"

namespace glassformer {

namespace {

std::pair<size_t, size_t> extents(const WeightMatrix& weight) {
  if (const auto* int8 = std::get_if<Int8Matrix>(&weight)) {
    return {int8->values.rows, int8->values.cols};
  }
  if (const auto* half = std::get_if<HalfMatrix>(&weight)) {
    return {half->values.rows, half->values.cols};
  }
  const auto& floats = std::get<ConstMatrix>(weight);
  return {floats.rows, floats.cols};
}

}  // namespace

size_t matrix_rows(const WeightMatrix& weight) { return extents(weight).first; }
size_t matrix_cols(const WeightMatrix& weight) { return extents(weight).second; }

}  // namespace glassformer
