// Dot products with WebAssembly's SIMD and, where the build has it, relaxed SIMD. dot_tile.h says
// what each of these types means.
//
// kMaxRows counts registers as V8 has them on x86: 15 for vectors. A tile with two rows of w takes
// two accumulators a row, two of w, one of a and, where a product and its sum are two instructions,
// one in between; one more and every step would store and load accumulators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <wasm_simd128.h>

namespace glassformer {

/// Adds the totals of four vectors of four partial sums to two numbers at `first` and two at
/// `second`; `add` is that of the lanes' type.
template <class Add>
void add_lane_sums(const v128_t (&sums)[4], void* first, void* second, Add add) {
  const v128_t a = add(wasm_i32x4_shuffle(sums[0], sums[1], 0, 4, 1, 5),
                       wasm_i32x4_shuffle(sums[0], sums[1], 2, 6, 3, 7));
  const v128_t b = add(wasm_i32x4_shuffle(sums[2], sums[3], 0, 4, 1, 5),
                       wasm_i32x4_shuffle(sums[2], sums[3], 2, 6, 3, 7));
  const v128_t four = add(wasm_i64x2_shuffle(a, b, 0, 2), wasm_i64x2_shuffle(a, b, 1, 3));
  const v128_t old = wasm_v128_load64_lane(second, wasm_v128_load64_zero(first), 1);
  const v128_t sum = add(old, four);
  wasm_v128_store64_lane(first, sum, 0);
  wasm_v128_store64_lane(second, sum, 1);
}

struct WasmFloatDot {
  using Left = float;
  using Right = float;
  using Sum = float;
  using LeftVector = v128_t;
  using RightVector = v128_t;
  using Accumulator = v128_t;
  static constexpr size_t kWidth = 4;
#ifdef __wasm_relaxed_simd__
  static constexpr size_t kMaxRows = 6;  // products are added as they are made
#else
  static constexpr size_t kMaxRows = 5;
#endif

  static LeftVector load_left(const Left* from) { return wasm_v128_load(from); }
  static RightVector load_right(const Right* from) { return wasm_v128_load(from); }
  static LeftVector broadcast(const Left* from) { return wasm_v128_load32_splat(from); }
  static Accumulator zero() { return wasm_f32x4_const_splat(0); }
  static Accumulator dot(LeftVector a, RightVector b, Accumulator sum) {
#ifdef __wasm_relaxed_simd__
    return wasm_f32x4_relaxed_madd(a, b, sum);
#else
    return wasm_f32x4_add(sum, wasm_f32x4_mul(a, b));
#endif
  }
  static void store(Sum* to, Accumulator sums) { wasm_v128_store(to, sums); }
  static void add_to(const Accumulator (&sums)[4], Sum* first, Sum* second) {
    add_lane_sums(sums, first, second, [](v128_t a, v128_t b) { return wasm_f32x4_add(a, b); });
  }
};

/// Eight products a step, of numbers widened to 16 bits.
struct WasmInt8Dot {
  using Left = int16_t;
  using Right = int8_t;
  using Sum = int32_t;
  using LeftVector = v128_t;
  using RightVector = v128_t;
  using Accumulator = v128_t;
  static constexpr size_t kWidth = 8;
  static constexpr size_t kMaxRows = 4;  // measured: five are no faster

  static LeftVector load_left(const Left* from) { return wasm_v128_load(from); }
  static RightVector load_right(const Right* from) { return wasm_i16x8_load8x8(from); }
  static Accumulator zero() { return wasm_i32x4_const_splat(0); }
  static Accumulator dot(LeftVector a, RightVector b, Accumulator sum) {
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(a, b));
  }
  static void add_to(const Accumulator (&sums)[4], Sum* first, Sum* second) {
    add_lane_sums(sums, first, second, [](v128_t a, v128_t b) { return wasm_i32x4_add(a, b); });
  }
};

#ifdef __wasm_relaxed_simd__
/// Sixteen products in one instruction. It is exact for the numbers that it gets here, 0..127 on
/// one side, on every engine that implements the proposal as it is.
struct WasmRelaxedInt8Dot : WasmInt8Dot {
  using Left = uint8_t;
  static constexpr size_t kWidth = 16;
  static constexpr size_t kMaxRows = 6;

  static LeftVector load_left(const Left* from) { return wasm_v128_load(from); }
  static RightVector load_right(const Right* from) { return wasm_v128_load(from); }
  static Accumulator dot(LeftVector a, RightVector b, Accumulator sum) {
    return wasm_i32x4_relaxed_dot_i8x16_i7x16_add(b, a, sum);
  }
};

/// The same in three instructions, as exact: pairs of products, pairs of pairs, the sum. Pairs are
/// added by a product with ones, which stay in a register: V8 makes the instruction that is meant
/// for it, extadd_pairwise, of the same product, and loads the ones and their address every time.
struct WasmPairedInt8Dot : WasmRelaxedInt8Dot {
  static constexpr size_t kMaxRows = 4;  // measured: five are no faster

  static Accumulator dot(LeftVector a, RightVector b, Accumulator sum) {
    return add_pairs(wasm_i16x8_relaxed_dot_i8x16_i7x16(b, a), sum);
  }
  /// Two steps in five instructions instead of six: their pairs of products are added up before
  /// they are widened.
  static Accumulator dot_twice(const LeftVector (&a)[2], const RightVector (&b)[2],
                               Accumulator sum) {
    return add_pairs(wasm_i16x8_add(wasm_i16x8_relaxed_dot_i8x16_i7x16(b[0], a[0]),
                                    wasm_i16x8_relaxed_dot_i8x16_i7x16(b[1], a[1])),
                     sum);
  }
  /// Whether 16 bits hold what dot_twice adds up, whatever 0..127 the row is multiplied with: in
  /// no two steps do the four numbers that meet in one lane go beyond them, those above zero and
  /// those below it each by themselves.
  static bool is_light(std::span<const Right> row) {
    const v128_t ones = wasm_i8x16_const_splat(1), zero = wasm_i8x16_const_splat(0);
    v128_t most = zero;
    for (size_t k = 0; k + 2 * kWidth <= row.size(); k += 2 * kWidth) {
      const RightVector w[] = {load_right(&row[k]), load_right(&row[k + kWidth])};
      const v128_t all = wasm_i16x8_add(wasm_i16x8_relaxed_dot_i8x16_i7x16(w[0], ones),
                                        wasm_i16x8_relaxed_dot_i8x16_i7x16(w[1], ones));
      const v128_t above =
          wasm_i16x8_add(wasm_i16x8_relaxed_dot_i8x16_i7x16(wasm_i8x16_max(w[0], zero), ones),
                         wasm_i16x8_relaxed_dot_i8x16_i7x16(wasm_i8x16_max(w[1], zero), ones));
      most = wasm_i16x8_max(most, wasm_i16x8_max(above, wasm_i16x8_sub(above, all)));
    }
    return !wasm_v128_any_true(wasm_i16x8_gt(most, wasm_i16x8_const_splat(INT16_MAX / INT8_MAX)));
  }

 private:
  static Accumulator add_pairs(v128_t pairs, Accumulator sum) {
    return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(pairs, wasm_i16x8_const_splat(1)));
  }
};

/// Whether the processor has nothing like the one instruction (x86 without VNNI): engines then make
/// it of five, where three do. Its result for operands outside of its exact range tells: it is
/// saturated at 16 bits halfway.
inline bool relaxed_dot_is_emulated() {
  const v128_t sums = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(
      wasm_i8x16_const_splat(INT8_MAX), wasm_i8x16_const_splat(-1), wasm_i32x4_const_splat(0));
  return wasm_i32x4_extract_lane(sums, 0) == 2 * INT16_MAX;
}
#endif

}  // namespace glassformer
