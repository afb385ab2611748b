// Weights by name, ready to compute with. WeightStore owns what had to be converted (half floats,
// misaligned data, quantisation on arrival); everything else stays a view of the file. WeightScope
// finds a weight by the path it has in the checkpoint, checks its shape and values, and says the
// whole path when something is wrong.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/buffer.h"
#include "core/matrix.h"
#include "core/result.h"
#include "formats/safetensors.h"

namespace glassformer {

/// How matrices are kept in memory.
enum class WeightStorage {
  kAsStored,  // F32 and I8 as they are, half floats as F32
  kF32,       // everything F32
  kInt8,      // matrices as int8 per output channel, whatever the file has
};

/// A weight matrix [rows, cols] in one of the two forms that the kernels take.
using WeightMatrix = std::variant<ConstMatrix, Int8Matrix>;

inline size_t matrix_rows(const WeightMatrix& weight) {
  const auto* int8 = std::get_if<Int8Matrix>(&weight);
  return int8 != nullptr ? int8->values.rows : std::get<ConstMatrix>(weight).rows;
}
inline size_t matrix_cols(const WeightMatrix& weight) {
  const auto* int8 = std::get_if<Int8Matrix>(&weight);
  return int8 != nullptr ? int8->values.cols : std::get<ConstMatrix>(weight).cols;
}

/// What a model holds, counted as it is loaded.
struct WeightCounts {
  size_t parameters = 0;
  size_t bytes = 0;  // in memory, of the weights in use
};

class WeightStore {
 public:
  /// `tensors` point into `file`, which the store keeps.
  WeightStore(Buffer file, TensorMap tensors, WeightStorage storage)
      : file_(std::move(file)), tensors_(std::move(tensors)), storage_(storage) {}

  bool contains(std::string_view name) const { return tensors_.contains(name); }

  /// A tensor of shape [count], F32, finite.
  Result<std::span<const float>> vector(const std::string& name, size_t count);

  /// A tensor of shape [rows, cols], finite, in the form that the storage option asks for. An I8
  /// tensor needs its scales beside it: `<name>_scale`, F32, [rows].
  Result<WeightMatrix> matrix(const std::string& name, size_t rows, size_t cols);

  /// A tensor of shape [rows, cols], finite, always F32: for small tables that quantising would
  /// only harm.
  Result<ConstMatrix> float_matrix(const std::string& name, size_t rows, size_t cols);

  /// A tensor of shape [rows, cols], as its transpose [cols, rows], in F32 or int8.
  Result<WeightMatrix> transposed_matrix(const std::string& name, size_t rows, size_t cols);

  const WeightCounts& counts() const { return counts_; }

  /// To be called when every weight has been read: frees the file if none of them points into it.
  void finish();

 private:
  Result<const TensorView*> find(const std::string& name, std::span<const size_t> shape) const;
  /// All elements as finite F32: a view of the file where it can be, else converted into `scratch`.
  Result<std::span<const float>> read_floats(const std::string& name, const TensorView& tensor,
                                             Buffer& scratch) const;
  /// As read_floats, and lasts as long as the store.
  Result<std::span<const float>> keep_floats(const std::string& name, const TensorView& tensor);
  Result<WeightMatrix> keep_int8(const std::string& name, const TensorView& tensor);
  Result<WeightMatrix> keep_quantized(ConstMatrix matrix);
  Result<WeightMatrix> keep_dequantized(const Int8Matrix& matrix);
  Result<WeightMatrix> read_matrix(const std::string& name, const TensorView& tensor);
  Result<std::byte*> allocate(size_t bytes);

  Buffer file_;
  bool file_in_use_ = false;
  TensorMap tensors_;
  WeightStorage storage_;
  std::vector<Buffer> converted_;
  std::map<std::string, WeightMatrix, std::less<>> matrices_;  // a shared one is converted once
  WeightCounts counts_;
};

/// A place in the checkpoint's tree of names: scope("encoder").scope("layer",
/// 3).matrix("query.weight", ...).
class WeightScope {
 public:
  explicit WeightScope(WeightStore& store, std::string path = "")
      : store_(&store), path_(std::move(path)) {}

  WeightScope scope(std::string_view name) const { return WeightScope(*store_, join(name)); }
  WeightScope scope(std::string_view name, size_t index) const {
    return WeightScope(*store_, join(concat(name, ".", index)));
  }

  bool contains(std::string_view name) const { return store_->contains(join(name)); }
  Result<std::span<const float>> vector(std::string_view name, size_t count) const {
    return store_->vector(join(name), count);
  }
  Result<WeightMatrix> matrix(std::string_view name, size_t rows, size_t cols) const {
    return store_->matrix(join(name), rows, cols);
  }
  Result<ConstMatrix> float_matrix(std::string_view name, size_t rows, size_t cols) const {
    return store_->float_matrix(join(name), rows, cols);
  }
  Result<WeightMatrix> transposed_matrix(std::string_view name, size_t rows, size_t cols) const {
    return store_->transposed_matrix(join(name), rows, cols);
  }

 private:
  std::string join(std::string_view name) const {
    return path_.empty() ? std::string(name) : concat(path_, ".", name);
  }

  WeightStore* store_;
  std::string path_;
};

}  // namespace glassformer
