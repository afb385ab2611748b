#include "formats/weight_store.h"

#include <algorithm>
#include <cstring>

#include "core/quantize.h"

namespace glassformer {

namespace {

size_t element_bytes(DType dtype) {
  if (dtype == DType::kF32) return sizeof(float);
  return dtype == DType::kI8 ? sizeof(int8_t) : sizeof(uint16_t);
}

template <class T>
MatrixView<T> as_matrix(const Buffer& buffer, size_t rows, size_t cols) {
  return {reinterpret_cast<T*>(buffer.data()), rows, cols};
}

std::span<float> as_floats(const Buffer& buffer, size_t count) {
  return {reinterpret_cast<float*>(buffer.data()), count};
}

/// Writes a row of the file as a column.
template <class T>
void write_column(MatrixView<T> matrix, size_t column, std::span<const T> values) {
  for (size_t i = 0; i < values.size(); ++i) matrix.at(i, column) = values[i];
}

std::span<int32_t> as_integers(const Buffer& buffer, size_t count) {
  return {reinterpret_cast<int32_t*>(buffer.data()), count};
}

void quantize(ConstMatrix matrix, MatrixView<int8_t> values, std::span<float> scales,
              std::span<int32_t> sums) {
  for (size_t i = 0; i < matrix.rows; ++i) {
    scales[i] = quantize_row(matrix.row(i), values.row(i));
    sums[i] = row_sum(values.row(i));
  }
}

/// Makes `buffer` hold at least `bytes`; what was in it is lost.
Result<void> ensure(Buffer& buffer, size_t bytes) {
  if (buffer.size() >= bytes) return {};
  buffer = Buffer();
  GF_ASSIGN(buffer, Buffer::allocate(bytes));
  return {};
}

std::string scales_name(const std::string& name) { return name + "_scale"; }

}  // namespace

size_t WeightStore::Weight::row_bytes() const { return cols * element_bytes(dtype); }

WeightStore::Kept WeightStore::kept_as(WeightForm form, DType dtype) const {
  // An I8 tensor that has to be F32 in the end waits for its scales, which may come after it.
  if (dtype == DType::kI8) return Kept::kInt8;
  if (form == WeightForm::kVector || form == WeightForm::kFloatMatrix) return Kept::kF32;
  switch (storage_) {
    case WeightStorage::kF32:
      return Kept::kF32;
    case WeightStorage::kF16:
      return Kept::kF16;
    case WeightStorage::kInt8:
      return Kept::kInt8;
    case WeightStorage::kAsStored:
      break;
  }
  if (dtype == DType::kF16) return Kept::kF16;
  return dtype == DType::kBF16 ? Kept::kBF16 : Kept::kF32;
}

Result<void> WeightStore::check_scales(const std::string& name, const PlannedWeight& planned,
                                       const TensorInfo& tensor) const {
  const bool allowed =
      planned.form == WeightForm::kMatrix || planned.form == WeightForm::kFloatMatrix;
  if (!allowed || tensor.dtype != DType::kI8) {
    return fail(ErrorCode::kInvalidFormat, name, ": expected F32, F16 or BF16, got ",
                tensor.dtype_name);
  }
  if (plan_.weights.contains(scales_name(name))) return {};
  const size_t shape[] = {planned.shape[0]};
  return fail(ErrorCode::kNotFound, "tensor '", scales_name(name), "' ", shape_string(shape),
              " is missing");
}

Result<WeightStore::Weight> WeightStore::make_weight(const TensorInfo& tensor,
                                                     const PlannedWeight& planned) const {
  if (tensor.shape != planned.shape) {
    return fail(ErrorCode::kInvalidFormat, tensor.name, ": expected ", shape_string(planned.shape),
                ", got ", shape_string(tensor.shape));
  }
  if (!is_float(tensor.dtype)) GF_TRY(check_scales(tensor.name, planned, tensor));
  const bool is_vector = planned.form == WeightForm::kVector;
  Weight weight{.form = planned.form,
                .dtype = tensor.dtype,
                .kept = kept_as(planned.form, tensor.dtype),
                .rows = is_vector ? 1 : planned.shape[0],
                .cols = planned.shape.back(),
                .values = {},
                .scales = {},
                .sums = {}};
  constexpr size_t kBytes[] = {sizeof(float), sizeof(uint16_t), sizeof(uint16_t), sizeof(int8_t)};
  const size_t bytes = kBytes[static_cast<size_t>(weight.kept)];
  GF_ASSIGN(weight.values, Buffer::allocate(tensor.element_count() * bytes));
  if (weight.kept != Kept::kInt8) return weight;
  const size_t channels = weight.form == WeightForm::kTransposed ? weight.cols : weight.rows;
  GF_ASSIGN(weight.sums, Buffer::allocate(channels * sizeof(int32_t)));
  if (weight.dtype != DType::kI8) {
    GF_ASSIGN(weight.scales, Buffer::allocate(channels * sizeof(float)));
  }
  return weight;
}

Result<void> WeightStore::reserve_scratch(const Weight& weight) {
  GF_TRY(ensure(row_, weight.row_bytes()));
  GF_TRY(ensure(floats_, weight.cols * sizeof(float)));
  if (weight.form != WeightForm::kTransposed || weight.kept != Kept::kInt8) return {};
  return ensure(turned_, weight.rows * weight.cols * sizeof(float));
}

Result<void> WeightStore::begin_file(const std::string& file, std::span<const TensorInfo> tensors) {
  for (const TensorInfo& tensor : tensors) {
    const auto planned = plan_.weights.find(tensor.name);
    if (planned == plan_.weights.end()) continue;
    GF_ASSIGN(Weight weight, make_weight(tensor, planned->second));
    const auto [at, is_new] = weights_.emplace(tensor.name, std::move(weight));
    if (!is_new) {
      return fail(ErrorCode::kInvalidFormat, file, ": tensor '", tensor.name,
                  "' has come before, in another file");
    }
  }
  for (const TensorInfo& tensor : tensors) {
    const auto weight = weights_.find(tensor.name);
    if (weight != weights_.end()) GF_TRY(reserve_scratch(weight->second));
  }
  return {};
}

Result<void> WeightStore::write(const TensorInfo& tensor, std::span<const std::byte> bytes) {
  const auto found = weights_.find(tensor.name);
  if (found == weights_.end()) return {};
  Weight& weight = found->second;
  const size_t row_bytes = weight.row_bytes();
  while (!bytes.empty()) {
    const size_t count = std::min(bytes.size(), row_bytes - row_used_);
    std::memcpy(row_.data() + row_used_, bytes.data(), count);
    row_used_ += count;
    bytes = bytes.subspan(count);
    if (row_used_ < row_bytes) break;
    row_used_ = 0;
    GF_TRY(write_row(weight, {tensor.name, weight.dtype, weight.rows_written * weight.cols,
                              row_.bytes().first(row_bytes)}));
    ++weight.rows_written;
  }
  return {};
}

Result<void> WeightStore::write_row(Weight& weight, const FileRow& row) {
  const size_t i = weight.rows_written;
  if (weight.dtype == DType::kI8) {
    const auto values = as_matrix<int8_t>(weight.values, weight.rows, weight.cols).row(i);
    std::memcpy(values.data(), row.bytes.data(), weight.cols);
    as_integers(weight.sums, weight.rows)[i] = row_sum(values);
    return {};
  }
  GF_TRY(read_floats(row, as_floats(floats_, weight.cols)));
  if (weight.form == WeightForm::kTransposed) return write_turned(weight, row);
  return write_converted(weight, row);
}

/// The row in `floats_` becomes row i of the weight.
Result<void> WeightStore::write_converted(Weight& weight, const FileRow& row) {
  const size_t i = weight.rows_written;
  const std::span<const float> floats = as_floats(floats_, weight.cols);
  switch (weight.kept) {
    case Kept::kF32:
      std::ranges::copy(floats,
                        as_matrix<float>(weight.values, weight.rows, weight.cols).row(i).begin());
      return {};
    case Kept::kBF16:
      std::memcpy(weight.values.data() + i * row.bytes.size(), row.bytes.data(), row.bytes.size());
      return {};
    case Kept::kF16:
      return to_f16(row, floats,
                    as_matrix<uint16_t>(weight.values, weight.rows, weight.cols).row(i));
    case Kept::kInt8: {
      const auto values = as_matrix<int8_t>(weight.values, weight.rows, weight.cols).row(i);
      as_floats(weight.scales, weight.rows)[i] = quantize_row(floats, values);
      as_integers(weight.sums, weight.rows)[i] = row_sum(values);
      return {};
    }
  }
  check_failed("every form is written");
}

/// The row in `floats_` becomes column i; int8 has a scale for each output, which is a column of
/// the file, and so waits for the last row.
Result<void> WeightStore::write_turned(Weight& weight, const FileRow& row) {
  const size_t i = weight.rows_written;
  const size_t rows = weight.cols, cols = weight.rows;  // of the turned matrix
  const std::span<const float> floats = as_floats(floats_, rows);
  if (weight.kept == Kept::kF32 || weight.kept == Kept::kInt8) {
    const Buffer& target = weight.kept == Kept::kF32 ? weight.values : turned_;
    write_column(as_matrix<float>(target, rows, cols), i, floats);
    if (weight.kept == Kept::kInt8 && i + 1 == cols) {
      quantize(as_matrix<const float>(turned_, rows, cols),
               as_matrix<int8_t>(weight.values, rows, cols), as_floats(weight.scales, rows),
               as_integers(weight.sums, rows));
    }
    return {};
  }
  const std::span halves(reinterpret_cast<uint16_t*>(row_.data()), rows);  // the row has been read
  if (weight.kept == Kept::kF16) GF_TRY(to_f16(row, floats, halves));
  write_column<uint16_t>(as_matrix<uint16_t>(weight.values, rows, cols), i, halves);
  return {};
}

Result<void> WeightStore::widen_int8(const std::string& name, Weight& weight) {
  const Int8Matrix matrix{as_matrix<const int8_t>(weight.values, weight.rows, weight.cols),
                          scales_of(name, weight),
                          {}};
  GF_ASSIGN(Buffer wide, Buffer::allocate(weight.rows * weight.cols * sizeof(float)));
  const auto out = as_matrix<float>(wide, weight.rows, weight.cols);
  for (size_t i = 0; i < weight.rows; ++i) dequantize_row(matrix, i, out.row(i));
  weight.values = std::move(wide);
  weight.sums = Buffer();
  weight.kept = Kept::kF32;
  return {};
}

Result<void> WeightStore::finish() {
  row_ = Buffer();
  floats_ = Buffer();
  turned_ = Buffer();
  for (const auto& [name, planned] : plan_.weights) {
    const auto weight = weights_.find(name);
    if (weight == weights_.end() || !weight->second.complete()) {
      return fail(ErrorCode::kNotFound, "tensor '", name, "' ", shape_string(planned.shape),
                  " has not come");
    }
  }
  for (auto& [name, weight] : weights_) {
    const bool exact = storage_ == WeightStorage::kF32 || weight.form == WeightForm::kFloatMatrix;
    if (weight.dtype == DType::kI8 && exact) GF_TRY(widen_int8(name, weight));
  }
  return {};
}

const WeightStore::Weight& WeightStore::complete_weight(const std::string& name,
                                                        WeightForm form) const {
  const auto found = weights_.find(name);
  // Who loads a model asks for what it asked the planner for.
  GF_CHECK(found != weights_.end() && found->second.form == form && found->second.complete());
  return found->second;
}

std::span<const float> WeightStore::scales_of(const std::string& name, const Weight& weight) const {
  if (weight.scales.data() != nullptr) {
    return as_floats(weight.scales, weight.scales.size() / sizeof(float));
  }
  const Weight& scales = complete_weight(scales_name(name), WeightForm::kVector);
  return as_floats(scales.values, scales.cols);
}

WeightMatrix WeightStore::view(const std::string& name, const Weight& weight) const {
  const bool turned = weight.form == WeightForm::kTransposed;
  const size_t rows = turned ? weight.cols : weight.rows, cols = turned ? weight.rows : weight.cols;
  switch (weight.kept) {
    case Kept::kF32:
      return as_matrix<const float>(weight.values, rows, cols);
    case Kept::kF16:
      return HalfMatrix{as_matrix<const uint16_t>(weight.values, rows, cols), HalfFormat::kF16};
    case Kept::kBF16:
      return HalfMatrix{as_matrix<const uint16_t>(weight.values, rows, cols), HalfFormat::kBF16};
    case Kept::kInt8:
      return Int8Matrix{as_matrix<const int8_t>(weight.values, rows, cols), scales_of(name, weight),
                        as_integers(weight.sums, rows)};
  }
  check_failed("every form has a view");
}

Result<std::span<const float>> WeightStore::vector(const std::string& name, size_t count) {
  const Weight& weight = complete_weight(name, WeightForm::kVector);
  return std::span<const float>(as_floats(weight.values, count));
}

Result<WeightMatrix> WeightStore::matrix(const std::string& name, size_t /*rows*/,
                                         size_t /*cols*/) {
  return view(name, complete_weight(name, WeightForm::kMatrix));
}

Result<ConstMatrix> WeightStore::float_matrix(const std::string& name, size_t rows, size_t cols) {
  const Weight& weight = complete_weight(name, WeightForm::kFloatMatrix);
  return as_matrix<const float>(weight.values, rows, cols);
}

Result<WeightMatrix> WeightStore::transposed_matrix(const std::string& name, size_t /*rows*/,
                                                    size_t /*cols*/) {
  return view(name, complete_weight(name, WeightForm::kTransposed));
}

WeightCounts WeightStore::counts() const {
  WeightCounts counts{plan_.parameters, 0};
  for (const auto& [name, weight] : weights_) {
    counts.bytes += weight.values.size() + weight.scales.size() + weight.sums.size();
  }
  return counts;
}

}  // namespace glassformer
