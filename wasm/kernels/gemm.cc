#include "kernels/gemm.h"

#include "kernels/eigen_maps.h"

namespace glassformer {

void matmul_transposed(ConstMatrix a, ConstMatrix b, Matrix out) {
  GF_CHECK(a.cols == b.cols && out.rows == a.rows && out.cols == b.rows);
  map(out).noalias() = map(a) * map(b).transpose();
}

void matmul(ConstMatrix a, ConstMatrix b, Matrix out) {
  GF_CHECK(a.cols == b.rows && out.rows == a.rows && out.cols == b.cols);
  map(out).noalias() = map(a) * map(b);
}

}  // namespace glassformer
