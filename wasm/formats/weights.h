// Weights by name. WeightScope finds a weight by the path it has in the checkpoint; what it asks is
// a WeightSource: the planner, which learns what a family wants (weight_plan.h), or the store,
// which has it (weight_store.h).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/matrix.h"
#include "core/result.h"

namespace glassformer {

/// A weight matrix [rows, cols] in one of the forms that the kernels take.
using WeightMatrix = std::variant<ConstMatrix, Int8Matrix, HalfMatrix>;

size_t matrix_rows(const WeightMatrix& weight);
size_t matrix_cols(const WeightMatrix& weight);

/// Whoever answers for the tensors of a checkpoint. Every failure names the tensor.
class WeightSource {
 public:
  virtual ~WeightSource() = default;

  virtual bool contains(std::string_view name) const = 0;

  /// A tensor of shape [count], F32, finite.
  virtual Result<std::span<const float>> vector(const std::string& name, size_t count) = 0;

  /// A tensor of shape [rows, cols], finite, in the form that the storage option asks for. An I8
  /// tensor needs its scales beside it: `<name>_scale`, F32, [rows].
  virtual Result<WeightMatrix> matrix(const std::string& name, size_t rows, size_t cols) = 0;

  /// A tensor of shape [rows, cols], finite, always F32: for small tables that quantising would
  /// only harm.
  virtual Result<ConstMatrix> float_matrix(const std::string& name, size_t rows, size_t cols) = 0;

  /// A tensor of shape [rows, cols], as its transpose [cols, rows], in the form that the storage
  /// option asks for.
  virtual Result<WeightMatrix> transposed_matrix(const std::string& name, size_t rows,
                                                 size_t cols) = 0;
};

/// A place in the checkpoint's tree of names: scope("encoder").scope("layer",
/// 3).matrix("query.weight", ...).
class WeightScope {
 public:
  explicit WeightScope(WeightSource& source, std::string path = "")
      : source_(&source), path_(std::move(path)) {}

  WeightScope scope(std::string_view name) const { return WeightScope(*source_, join(name)); }
  WeightScope scope(std::string_view name, size_t index) const {
    return WeightScope(*source_, join(concat(name, ".", index)));
  }

  bool contains(std::string_view name) const { return source_->contains(join(name)); }
  Result<std::span<const float>> vector(std::string_view name, size_t count) const {
    return source_->vector(join(name), count);
  }
  Result<WeightMatrix> matrix(std::string_view name, size_t rows, size_t cols) const {
    return source_->matrix(join(name), rows, cols);
  }
  Result<ConstMatrix> float_matrix(std::string_view name, size_t rows, size_t cols) const {
    return source_->float_matrix(join(name), rows, cols);
  }
  Result<WeightMatrix> transposed_matrix(std::string_view name, size_t rows, size_t cols) const {
    return source_->transposed_matrix(join(name), rows, cols);
  }

 private:
  std::string join(std::string_view name) const {
    return path_.empty() ? std::string(name) : concat(path_, ".", name);
  }

  WeightSource* source_;
  std::string path_;
};

}  // namespace glassformer
