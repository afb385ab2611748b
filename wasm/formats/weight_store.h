// The weights of a model, ready to compute with. The store is told what the model needs (its plan)
// and is then given the checkpoint's bytes in the order of the file: each row is converted as soon
// as it is complete and its bytes are forgotten, so that the most memory ever in use is that of the
// finished weights and, where a matrix has to be turned before it is quantised, one tensor.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/buffer.h"
#include "formats/safetensors_reader.h"
#include "formats/weight_plan.h"
#include "formats/weight_rows.h"
#include "formats/weights.h"

namespace glassformer {

/// How matrices are kept in memory. Vectors, and tables that a family wants exact, are always F32.
enum class WeightStorage {
  kAsStored,  // as the file has them: F32, half floats or I8
  kF32,       // everything F32
  kF16,       // half floats; I8 as it is
  kInt8,      // int8 per output channel, whatever the file has
};

/// What a model holds.
struct WeightCounts {
  size_t parameters = 0;
  size_t bytes = 0;  // in memory, of the weights in use
};

class WeightStore final : public WeightSource, public TensorSink {
 public:
  WeightStore(WeightPlan plan, WeightStorage storage) : plan_(std::move(plan)), storage_(storage) {}

  /// Checks the shapes and types of the planned tensors and allocates their final memory, all of it
  /// before the first byte comes, so that the conversion's own buffers leave no holes behind.
  Result<void> begin_file(const std::string& file, std::span<const TensorInfo> tensors) override;

  /// Tensors that the plan does not have are passed over.
  Result<void> write(const TensorInfo& tensor, std::span<const std::byte> bytes) override;

  /// To be called when every file has been written; from then on the weights can be asked for.
  Result<void> finish();

  bool contains(std::string_view name) const override { return plan_.names.contains(name); }
  Result<std::span<const float>> vector(const std::string& name, size_t count) override;
  Result<WeightMatrix> matrix(const std::string& name, size_t rows, size_t cols) override;
  Result<ConstMatrix> float_matrix(const std::string& name, size_t rows, size_t cols) override;
  Result<WeightMatrix> transposed_matrix(const std::string& name, size_t rows,
                                         size_t cols) override;

  WeightCounts counts() const;

 private:
  /// What a weight is kept as.
  enum class Kept { kF32, kF16, kBF16, kInt8 };

  /// One weight: its place in memory, filled row by row of the file.
  struct Weight {
    WeightForm form;
    DType dtype;  // in the file
    Kept kept;
    size_t rows;  // in the file; a vector is one row
    size_t cols;
    size_t rows_written = 0;
    Buffer values;
    Buffer scales;  // of int8 that was quantised here; else they are a tensor of their own
    Buffer sums;    // of int8: each row's values, added up

    size_t row_bytes() const;  // in the file
    bool complete() const { return rows_written == rows; }
  };

  Kept kept_as(WeightForm form, DType dtype) const;
  Result<Weight> make_weight(const TensorInfo& tensor, const PlannedWeight& planned) const;
  Result<void> check_scales(const std::string& name, const PlannedWeight& planned,
                            const TensorInfo& tensor) const;
  Result<void> reserve_scratch(const Weight& weight);
  Result<void> write_row(Weight& weight, const FileRow& row);
  Result<void> write_converted(Weight& weight, const FileRow& row);
  Result<void> write_turned(Weight& weight, const FileRow& row);
  Result<void> widen_int8(const std::string& name, Weight& weight);
  const Weight& complete_weight(const std::string& name, WeightForm form) const;
  WeightMatrix view(const std::string& name, const Weight& weight) const;
  std::span<const float> scales_of(const std::string& name, const Weight& weight) const;

  WeightPlan plan_;
  WeightStorage storage_;
  std::map<std::string, Weight, std::less<>> weights_;

  // While bytes arrive: a row as the file has it, the same in F32, and a matrix being turned.
  Buffer row_;
  size_t row_used_ = 0;
  Buffer floats_;
  Buffer turned_;
};

}  // namespace glassformer
