// Everything between the matrix products: softmax, layer normalisation, activations, sums. In place
// where the value before is not needed again.
#pragma once

#include <span>
#include <string_view>

#include "core/matrix.h"
#include "core/result.h"
#include "core/thread_pool.h"

namespace glassformer {

/// softmax over every row, after multiplying by `scale` (1 / sqrt(d_head) in attention). The
/// largest score is subtracted first, so that no exponent overflows.
void softmax_rows(Matrix scores, float scale);

/// As softmax_rows, for the last n_q of n_k tokens: scores [n_q, n_k], row i over its first
/// n_k - n_q + i + 1 scores only; the later ones become 0.
void softmax_rows_causal(Matrix scores, float scale);

/// The logarithm of the softmax, in place.
void log_softmax(std::span<float> scores);

struct LayerNormWeights {
  std::span<const float> weight;  // gamma, [d_model]
  std::span<const float> bias;    // beta, [d_model]
  float epsilon;
};

/// Every row x becomes (x - mean) / sqrt(variance + epsilon) * weight + bias, with the biased
/// variance (Ba et al. 2016, as torch.nn.LayerNorm).
void layer_norm_rows(Matrix x, const LayerNormWeights& weights);

/// Every row x becomes x / sqrt(mean(x^2) + epsilon) * weight (Zhang & Sennrich 2019), weight
/// [d_model].
void rms_norm_rows(Matrix x, std::span<const float> weight, float epsilon);

/// to = from, [m, n] each.
void copy(ConstMatrix from, Matrix to);

/// x = x * scale + y, [m, n] each.
void add_scaled(Matrix x, float scale, ConstMatrix y);

/// x *= y element by element, [m, n] each.
void multiply(Matrix x, ConstMatrix y);

/// x *= factor.
void scale(Matrix x, float factor);

/// x += y, [m, n] each.
void add(Matrix x, ConstMatrix y);

/// x += bias on every row; bias [n].
void add_bias(Matrix x, std::span<const float> bias);

/// The activations that configs name.
enum class Activation {
  kGelu,      // x Phi(x), by erf (Hendrycks & Gimpel 2016); "gelu"
  kGeluTanh,  // the tanh approximation; "gelu_new", "gelu_pytorch_tanh"
  kRelu,
  kSilu,  // x sigmoid(x); "silu", "swish"
  kTanh,
};

/// The activation that a config calls `name`; kUnsupported lists the known ones.
Result<Activation> activation_from_name(std::string_view name);

/// Applies the activation to every element.
void activate(Matrix x, Activation activation, ThreadPool* threads = nullptr);

/// 1 / (1 + e^-x) for every element.
void sigmoid(std::span<float> x);

}  // namespace glassformer
