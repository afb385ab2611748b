// The kernels' work without clocks: whoever calls, times. Counts are of multiply-adds.
#pragma once

#define GF_EXPORT extern "C" __attribute__((visibility("default"), used))

/// Multiplies vectors in registers and the first-level cache, `times` over: the most that this
/// instruction set reaches. Returns the multiply-adds.
GF_EXPORT double peak_int8(int times);
GF_EXPORT double peak_f32(int times);

/// a w^T, a [m, k] and w [n, k], with `copies` different w one after the other.
GF_EXPORT double multiply_int8(int m, int k, int n, int copies);
GF_EXPORT double multiply_f32(int m, int k, int n, int copies);

/// Reads `bytes` of memory; returns how many.
GF_EXPORT double read_memory(int bytes);
