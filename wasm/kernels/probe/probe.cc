// A few kilobytes of WebAssembly that tell, before the engine is downloaded, whether relaxed SIMD
// is worth it in this browser. What relaxed instructions compute outside of their exact range, and
// how fast they are, differs between engines and processors: so both are tried.
#include <cstdint>

#include "core/check.h"
#include "kernels/dot_product.h"
#include "kernels/dot_tile.h"

namespace glassformer {

void check_failed(const char* /*what*/) { __builtin_trap(); }

namespace {

// Small enough for the first-level cache, odd enough to reach the tail.
constexpr size_t kRows = 4, kDepth = 200, kColumns = 24;

int8_t weights[kColumns * kDepth];

template <class Dot>
struct Activations {
  static inline typename Dot::Left rows[kRows * kDepth];
  static inline typename Dot::Left tails[kRows * Dot::kWidth];
};

/// The largest numbers side by side, with all signs, then all the others.
int8_t weight_at(size_t i) {
  if (i % 3 == 0) return i % 2 == 0 ? 127 : -127;
  return static_cast<int8_t>(i * 37 % 255 - 127);
}
uint8_t activation_at(size_t i) { return i % 5 < 2 ? 127 : static_cast<uint8_t>(i * 29 % 128); }

template <class Dot>
LeftRows<Dot> activations() {
  using Left = typename Dot::Left;
  const MatrixView<Left> rows(Activations<Dot>::rows, kRows, kDepth);
  const MatrixView<Left> tails(Activations<Dot>::tails, kRows, Dot::kWidth);
  for (size_t i = 0; i < kRows * kDepth; ++i) rows.data[i] = activation_at(i);
  for (size_t i = 0; i < kRows; ++i) write_tail<Dot>(rows.row(i), tails.row(i));
  if constexpr (kDepth % Dot::kWidth == 0) return {rows, {}};
  return {rows, tails};
}

template <class Dot>
BlockSums<Dot> sums;

template <class Dot>
[[gnu::noinline]] void multiply(int times) {
  for (size_t i = 0; i < kColumns * kDepth; ++i) weights[i] = weight_at(i);
  const LeftRows<Dot> left = activations<Dot>();
  const Depth depth{0, kDepth / Dot::kWidth * Dot::kWidth, true};
  for (int i = 0; i < times; ++i) {
    sums<Dot> = {};
    multiply_rows<Dot, kRows>(left, {{weights, kColumns, kDepth}}, depth, sums<Dot>);
  }
}

int32_t expected_sum(size_t row, size_t column) {
  int32_t sum = 0;
  for (size_t k = 0; k < kDepth; ++k) {
    sum += activation_at(row * kDepth + k) * weight_at(column * kDepth + k);
  }
  return sum;
}

template <class Dot>
bool is_exact() {
  multiply<Dot>(1);
  for (size_t i = 0; i < kRows; ++i) {
    for (size_t j = 0; j < kColumns; ++j) {
      if (sums<Dot>[i][j] != expected_sum(i, j)) return false;
    }
  }
  return true;
}

}  // namespace

}  // namespace glassformer

#define GF_EXPORT extern "C" __attribute__((visibility("default"), used))

/// 1 if the relaxed product is right to the last bit, else 0.
GF_EXPORT int is_exact() {
  bool exact = false;
  glassformer::with_best_int8_dot(
      [&]<class Dot>(Dot /*dot*/) { exact = glassformer::is_exact<Dot>(); });
  return exact ? 1 : 0;
}

/// The same work, `times` over, for the caller's clock.
GF_EXPORT void run_relaxed(int times) {
  glassformer::with_best_int8_dot(
      [&]<class Dot>(Dot /*dot*/) { glassformer::multiply<Dot>(times); });
}
GF_EXPORT void run_simd128(int times) { glassformer::multiply<glassformer::WasmInt8Dot>(times); }
