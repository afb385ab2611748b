// The best dot products of the machine that this is compiled for.
#pragma once

#include "kernels/dot_portable.h"

#if defined(__wasm_simd128__)
#include "kernels/dot_wasm.h"
#elif defined(__AVX2__) && defined(__FMA__)
#include "kernels/dot_avx2.h"
#endif

namespace glassformer {

#if defined(__wasm_relaxed_simd__)
using FloatDot = WasmFloatDot;
using Int8Dot = WasmRelaxedInt8Dot;
#elif defined(__wasm_simd128__)
using FloatDot = WasmFloatDot;
using Int8Dot = WasmInt8Dot;
#elif defined(__AVX2__) && defined(__FMA__)
using FloatDot = Avx2FloatDot;
using Int8Dot = Avx2Int8Dot;
#else
using FloatDot = PortableFloatDot;
using Int8Dot = PortableInt8Dot;
#endif

/// Calls `use` with the dot product of int8 that is fastest on the machine that this runs on: an
/// Int8Dot, or one that differs from it by its instructions alone.
template <class Use>
void with_best_int8_dot(Use use) {
#if defined(__wasm_relaxed_simd__)
  if (relaxed_dot_is_emulated()) return use(WasmPairedInt8Dot{});
#endif
  use(Int8Dot{});
}

}  // namespace glassformer
