// Dot products with AVX2 and FMA: 32 int8 or 8 floats a step. dot_tile.h says what each of these
// types means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <immintrin.h>
#include <span>

namespace glassformer {

struct Avx2FloatDot {
  using Left = float;
  using Right = float;
  using Sum = float;
  using LeftVector = __m256;
  using RightVector = __m256;
  using Accumulator = __m256;
  static constexpr size_t kWidth = 8;
  static constexpr size_t kMaxRows = 6;

  static LeftVector load_left(const Left* from) { return _mm256_loadu_ps(from); }
  static RightVector load_right(const Right* from) { return _mm256_loadu_ps(from); }
  static LeftVector broadcast(const Left* from) { return _mm256_broadcast_ss(from); }
  static Accumulator zero() { return _mm256_setzero_ps(); }
  static Accumulator dot(LeftVector a, RightVector b, Accumulator sum) {
    return _mm256_fmadd_ps(a, b, sum);
  }
  static void store(Sum* to, Accumulator sums) { _mm256_storeu_ps(to, sums); }
  static void add_to(const Accumulator (&sums)[4], Sum* first, Sum* second) {
    const __m256 pairs =
        _mm256_hadd_ps(_mm256_hadd_ps(sums[0], sums[1]), _mm256_hadd_ps(sums[2], sums[3]));
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps(pairs, 1));
    alignas(16) float totals[4];
    _mm_store_ps(totals, four);
    first[0] += totals[0];
    first[1] += totals[1];
    second[0] += totals[2];
    second[1] += totals[3];
  }
};

struct Avx2Int8Dot {
  using Left = uint8_t;
  using Right = int8_t;
  using Sum = int32_t;
  using LeftVector = __m256i;
  using RightVector = __m256i;
  using Accumulator = __m256i;
  static constexpr size_t kWidth = 32;
  static constexpr size_t kMaxRows = 4;  // a fifth row would not fit into the 16 registers

  static LeftVector load_left(const Left* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  }
  static RightVector load_right(const Right* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  }
  static Accumulator zero() { return _mm256_setzero_si256(); }
  /// Two products of 0..127 and -127..127 fit into the 16 bits that hold their sum.
  static Accumulator dot(LeftVector a, RightVector b, Accumulator sum) {
    return add_pairs(_mm256_maddubs_epi16(a, b), sum);
  }
  /// As WasmPairedInt8Dot::dot_twice.
  static Accumulator dot_twice(const LeftVector (&a)[2], const RightVector (&b)[2],
                               Accumulator sum) {
    return add_pairs(
        _mm256_add_epi16(_mm256_maddubs_epi16(a[0], b[0]), _mm256_maddubs_epi16(a[1], b[1])), sum);
  }
  /// As WasmPairedInt8Dot::is_light.
  static bool is_light(std::span<const Right> row) {
    const __m256i ones = _mm256_set1_epi8(1), zero = _mm256_setzero_si256();
    __m256i most = zero;
    for (size_t k = 0; k + 2 * kWidth <= row.size(); k += 2 * kWidth) {
      const RightVector w[] = {load_right(&row[k]), load_right(&row[k + kWidth])};
      const __m256i all =
          _mm256_add_epi16(_mm256_maddubs_epi16(ones, w[0]), _mm256_maddubs_epi16(ones, w[1]));
      const __m256i above =
          _mm256_add_epi16(_mm256_maddubs_epi16(ones, _mm256_max_epi8(w[0], zero)),
                           _mm256_maddubs_epi16(ones, _mm256_max_epi8(w[1], zero)));
      most = _mm256_max_epi16(most, _mm256_max_epi16(above, _mm256_sub_epi16(above, all)));
    }
    const __m256i heavy = _mm256_cmpgt_epi16(most, _mm256_set1_epi16(INT16_MAX / INT8_MAX));
    return _mm256_testz_si256(heavy, heavy) == 1;
  }
  static void add_to(const Accumulator (&sums)[4], Sum* first, Sum* second) {
    const __m256i pairs =
        _mm256_hadd_epi32(_mm256_hadd_epi32(sums[0], sums[1]), _mm256_hadd_epi32(sums[2], sums[3]));
    const __m128i four =
        _mm_add_epi32(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256(pairs, 1));
    const auto add = [](int32_t* to, __m128i pair) {
      auto* place = reinterpret_cast<__m128i*>(to);
      _mm_storel_epi64(place, _mm_add_epi32(_mm_loadl_epi64(place), pair));
    };
    add(first, four);
    add(second, _mm_unpackhi_epi64(four, four));
  }

 private:
  static Accumulator add_pairs(__m256i pairs, Accumulator sum) {
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
};

}  // namespace glassformer
