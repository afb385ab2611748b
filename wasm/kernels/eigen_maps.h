// Matrix views as Eigen sees them; for the .cc files of this folder.
#pragma once

#include <Eigen/Core>

#include "core/matrix.h"

namespace glassformer {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using EigenMatrix = Eigen::Map<RowMajor, Eigen::Unaligned, Eigen::OuterStride<>>;
using ConstEigenMatrix = Eigen::Map<const RowMajor, Eigen::Unaligned, Eigen::OuterStride<>>;
using EigenRow = Eigen::Map<Eigen::ArrayXf>;
using ConstEigenRow = Eigen::Map<const Eigen::ArrayXf>;

inline Eigen::Index index(size_t n) { return static_cast<Eigen::Index>(n); }

inline EigenMatrix map(Matrix m) {
  return {m.data, index(m.rows), index(m.cols), Eigen::OuterStride<>(index(m.stride))};
}
inline ConstEigenMatrix map(ConstMatrix m) {
  return {m.data, index(m.rows), index(m.cols), Eigen::OuterStride<>(index(m.stride))};
}
inline EigenRow map(std::span<float> row) { return {row.data(), index(row.size())}; }
inline ConstEigenRow map(std::span<const float> row) { return {row.data(), index(row.size())}; }

}  // namespace glassformer
