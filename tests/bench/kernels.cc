#include "kernels.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/buffer.h"
#include "kernels/dot_product.h"
#include "kernels/dot_tile.h"

namespace glassformer {
namespace {

/// Keeps the compiler from leaving out what nobody reads.
template <class T>
void use(T* value) {
  asm volatile("" : "+r"(value) : : "memory");
}

constexpr size_t kPeakColumns = 2;
constexpr size_t kPeakDepth = 512, kPeakStride = kPeakDepth + kAlignment;

/// The tile's inner loop over rows that never leave the first-level cache. It walks along them:
/// what is loaded from the same places every time, an engine need not load and multiply anew.
template <class Dot>
double peak(int times) {
  constexpr size_t kRows = Dot::kMaxRows;
  alignas(kAlignment) static typename Dot::Left a[kRows * kPeakStride];
  alignas(kAlignment) static typename Dot::Right w[kPeakColumns * kPeakStride];
  Tile<Dot, kRows, kPeakColumns> tile;
  for (int i = 0; i < times; ++i) {
    const auto* left = a;
    const auto* right = w;
    use(left);
    use(right);  // otherwise w is known to be zeros, and both its rows to be alike
    const typename Dot::Right* const columns[] = {right, right + kPeakStride};
    if constexpr (HasLightRows<Dot>) {
      for (size_t k = 0; k < kPeakDepth; k += 2 * Dot::kWidth) {
        tile.double_step(left + k, kPeakStride, columns, k);
      }
    } else {
      for (size_t k = 0; k < kPeakDepth; k += Dot::kWidth) {
        tile.step(left + k, kPeakStride, columns, k);
      }
    }
  }
  static typename Dot::Sum sums[kRows * kPeakColumns];
  tile.add_to(sums, kPeakColumns);
  use(sums);
  return static_cast<double>(times) * kRows * kPeakColumns * kPeakDepth;
}

enum class Role { kLeft, kRight, kOut };

/// Zeroed and aligned memory that lasts until more of it is asked for; each role has its own.
template <class T, Role>
T* memory(size_t count) {
  static std::vector<T> values;
  if (values.size() < count + kAlignment) values.resize(count + kAlignment);
  void* aligned = values.data();
  size_t bytes = values.size() * sizeof(T);
  return static_cast<T*>(std::align(kAlignment, count * sizeof(T), aligned, bytes));
}

template <class Dot>
double multiply(size_t m, size_t k, size_t n, size_t copies) {
  using Left = typename Dot::Left;
  using Right = typename Dot::Right;
  const size_t stride = k + kAlignment;
  const LeftRows<Dot> a{{memory<Left, Role::kLeft>(m * stride), m, k, stride}, {}};
  const Right* w = memory<Right, Role::kRight>(copies * n * k);
  auto* out = memory<typename Dot::Sum, Role::kOut>(m * n);
  const std::vector<uint8_t> light(HasLightRows<Dot> ? n : 0, 1);
  for (size_t i = 0; i < copies; ++i) {
    multiply_by_tiles<Dot>(a, {{w + i * n * k, n, k}, light},
                           [&](size_t row, size_t first, std::span<const typename Dot::Sum> sums) {
                             std::ranges::copy(sums, out + row * n + first);
                           });
  }
  use(out);
  return static_cast<double>(m * k) * static_cast<double>(n * copies);
}

}  // namespace
}  // namespace glassformer

using glassformer::FloatDot;

double peak_int8(int times) {
  double work = 0;
  glassformer::with_best_int8_dot(
      [&]<class Dot>(Dot /*dot*/) { work = glassformer::peak<Dot>(times); });
  return work;
}
double peak_f32(int times) { return glassformer::peak<FloatDot>(times); }
double multiply_int8(int m, int k, int n, int copies) {
  double work = 0;
  glassformer::with_best_int8_dot(
      [&]<class Dot>(Dot /*dot*/) { work = glassformer::multiply<Dot>(m, k, n, copies); });
  return work;
}
double multiply_f32(int m, int k, int n, int copies) {
  return glassformer::multiply<FloatDot>(m, k, n, copies);
}
double read_memory(int bytes) {
  const size_t n_words = static_cast<size_t>(bytes) / sizeof(uint64_t);
  const auto* words = glassformer::memory<uint64_t, glassformer::Role::kRight>(n_words);
  uint64_t sums[16] = {};
  for (size_t i = 0; i + 16 <= n_words; i += 16) {
    for (size_t j = 0; j < 16; ++j) sums[j] += words[i + j];
  }
  glassformer::use(sums);
  return bytes;
}
