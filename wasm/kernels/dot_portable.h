// Dot products in plain C++: what runs where there is no better, and what the others are tested
// against. dot_tile.h says what each of these types means.
#pragma once

#include <cstddef>
#include <cstdint>

namespace glassformer {

template <class LeftElement, class RightElement, class SumElement>
struct PortableDot {
  using Left = LeftElement;
  using Right = RightElement;
  using Sum = SumElement;
  using LeftVector = Left;
  using RightVector = Right;
  using Accumulator = Sum;
  static constexpr size_t kWidth = 1;
  static constexpr size_t kMaxRows = 4;

  static LeftVector load_left(const Left* from) { return *from; }
  static RightVector load_right(const Right* from) { return *from; }
  static LeftVector broadcast(const Left* from) { return *from; }
  static Accumulator zero() { return 0; }
  static Accumulator dot(LeftVector a, RightVector b, Accumulator sum) {
    return sum + static_cast<Sum>(a) * static_cast<Sum>(b);
  }
  static void store(Sum* to, Accumulator sums) { *to = sums; }
  static void add_to(const Accumulator (&sums)[4], Sum* first, Sum* second) {
    first[0] += sums[0];
    first[1] += sums[1];
    second[0] += sums[2];
    second[1] += sums[3];
  }
};

using PortableFloatDot = PortableDot<float, float, float>;
using PortableInt8Dot = PortableDot<uint8_t, int8_t, int32_t>;

}  // namespace glassformer
