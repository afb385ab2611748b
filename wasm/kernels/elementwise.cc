#include "kernels/elementwise.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unsupported/Eigen/SpecialFunctions>

#include "kernels/eigen_maps.h"
#include "kernels/exponential.h"
#include "kernels/shared_work.h"

namespace glassformer {

namespace {

void gelu(EigenRow x) {
  constexpr float kInverseSqrt2 = std::numbers::sqrt2_v<float> / 2.0F;
  x = 0.5F * x * (1.0F + (x * kInverseSqrt2).erf());
}

void gelu_tanh(EigenRow x) {
  const float sqrt_2_over_pi = std::sqrt(2.0F * std::numbers::inv_pi_v<float>);
  constexpr float kCubic = 0.044715F;
  x = 0.5F * x * (1.0F + (sqrt_2_over_pi * (x + kCubic * x.cube())).tanh());
}

constexpr size_t kLanes = 8;  // side by side, for the compiler to make vectors of

float largest(std::span<const float> row) {
  if (row.size() < kLanes) return std::ranges::max(row);
  float lanes[kLanes];
  std::ranges::copy(row.first(kLanes), lanes);
  size_t i = kLanes;
  for (; i + kLanes <= row.size(); i += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane) {
      lanes[lane] = lanes[lane] < row[i + lane] ? row[i + lane] : lanes[lane];
    }
  }
  for (; i < row.size(); ++i) lanes[0] = std::max(lanes[0], row[i]);
  return std::ranges::max(lanes);
}

void softmax(std::span<float> row, float scale) {
  const float most = largest(row);
  for (float& x : row) x = exp_of_negative((x - most) * scale);
  map(row) *= 1.0F / map(row).sum();
}

struct NamedActivation {
  std::string_view name;
  Activation activation;
};

constexpr NamedActivation kActivations[] = {
    {"gelu", Activation::kGelu},          {"gelu_python", Activation::kGelu},
    {"gelu_new", Activation::kGeluTanh},  {"gelu_pytorch_tanh", Activation::kGeluTanh},
    {"gelu_fast", Activation::kGeluTanh}, {"relu", Activation::kRelu},
    {"silu", Activation::kSilu},          {"swish", Activation::kSilu},
    {"tanh", Activation::kTanh},
};

}  // namespace

void softmax_rows(Matrix scores, float scale) {
  for (size_t i = 0; i < scores.rows; ++i) softmax(scores.row(i), scale);
}

void softmax_rows_causal(Matrix scores, float scale) {
  GF_CHECK(scores.rows <= scores.cols);
  const size_t n_past = scores.cols - scores.rows;
  for (size_t i = 0; i < scores.rows; ++i) {
    const auto row = scores.row(i);
    softmax(row.first(n_past + i + 1), scale);
    std::ranges::fill(row.subspan(n_past + i + 1), 0.0F);
  }
}

void log_softmax(std::span<float> scores) {
  EigenRow row = map(scores);
  row -= row.maxCoeff();
  row -= std::log(row.exp().sum());
}

void layer_norm_rows(Matrix x, const LayerNormWeights& weights) {
  GF_CHECK(weights.weight.size() == x.cols && weights.bias.size() == x.cols);
  for (size_t i = 0; i < x.rows; ++i) {
    EigenRow row = map(x.row(i));
    row -= row.mean();
    const float inverse_deviation = 1.0F / std::sqrt(row.square().mean() + weights.epsilon);
    row = row * inverse_deviation * map(weights.weight) + map(weights.bias);
  }
}

void rms_norm_rows(Matrix x, std::span<const float> weight, float epsilon) {
  GF_CHECK(weight.size() == x.cols);
  for (size_t i = 0; i < x.rows; ++i) {
    EigenRow row = map(x.row(i));
    row *= map(weight) / std::sqrt(row.square().mean() + epsilon);
  }
}

void copy(ConstMatrix from, Matrix to) {
  GF_CHECK(from.rows == to.rows && from.cols == to.cols);
  map(to) = map(from);
}

void add_scaled(Matrix x, float scale, ConstMatrix y) {
  GF_CHECK(x.rows == y.rows && x.cols == y.cols);
  map(x) = map(x) * scale + map(y);
}

void multiply(Matrix x, ConstMatrix y) {
  GF_CHECK(x.rows == y.rows && x.cols == y.cols);
  map(x).array() *= map(y).array();
}

void scale(Matrix x, float factor) { map(x) *= factor; }

void add(Matrix x, ConstMatrix y) {
  GF_CHECK(x.rows == y.rows && x.cols == y.cols);
  map(x) += map(y);
}

void add_bias(Matrix x, std::span<const float> bias) {
  GF_CHECK(bias.size() == x.cols);
  for (size_t i = 0; i < x.rows; ++i) map(x.row(i)) += map(bias);
}

Result<Activation> activation_from_name(std::string_view name) {
  std::string known;
  for (const NamedActivation& entry : kActivations) {
    if (entry.name == name) return entry.activation;
    known += known.empty() ? "" : ", ";
    known += entry.name;
  }
  return fail(ErrorCode::kUnsupported, "activation '", name,
              "' is not supported; supported: ", known);
}

void activate(Matrix x, Activation activation, ThreadPool* threads) {
  share_rows(threads, x, [&](size_t i) {
    EigenRow row = map(x.row(i));
    switch (activation) {
      case Activation::kGelu:
        gelu(row);
        break;
      case Activation::kGeluTanh:
        gelu_tanh(row);
        break;
      case Activation::kRelu:
        row = row.max(0.0F);
        break;
      case Activation::kSilu:
        row = row / (1.0F + (-row).exp());
        break;
      case Activation::kTanh:
        row = row.tanh();
        break;
    }
  });
}

void sigmoid(std::span<float> x) { map(x) = 1.0F / (1.0F + (-map(x)).exp()); }

}  // namespace glassformer
