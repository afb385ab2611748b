#include "formats/weights.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/quantize.h"
#include "formats/half.h"

namespace glassformer {

namespace {

bool is_float(DType dtype) {
  return dtype == DType::kF32 || dtype == DType::kF16 || dtype == DType::kBF16;
}

/// The sum of x * 0 is NaN as soon as one x is NaN or infinite, and the loop vectorises.
Result<void> check_finite(std::span<const float> values, std::string_view name) {
  float poison = 0.0F;
  for (const float value : values) poison += value * 0.0F;
  if (poison == 0.0F) return {};
  for (size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      return fail(ErrorCode::kInvalidFormat, name, ": element ", i, " is ",
                  std::isnan(values[i]) ? "NaN" : "infinite", ", expected finite weights");
    }
  }
  return {};
}

void widen(const TensorView& tensor, std::span<float> out) {
  for (size_t i = 0; i < out.size(); ++i) {
    uint16_t bits;
    std::memcpy(&bits, tensor.bytes.data() + i * sizeof(bits), sizeof(bits));
    out[i] = tensor.dtype == DType::kF16 ? f16_to_f32(bits) : bf16_to_f32(bits);
  }
}

bool aligned_for_floats(std::span<const std::byte> bytes) {
  return reinterpret_cast<uintptr_t>(bytes.data()) % alignof(float) == 0;
}

}  // namespace

Result<const TensorView*> WeightStore::find(const std::string& name,
                                            std::span<const size_t> shape) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) {
    return fail(ErrorCode::kNotFound, "tensor '", name, "' ", shape_string(shape), " is missing");
  }
  const TensorView& tensor = found->second;
  if (!std::ranges::equal(tensor.shape, shape)) {
    return fail(ErrorCode::kInvalidFormat, name, ": expected ", shape_string(shape), ", got ",
                shape_string(tensor.shape));
  }
  return &tensor;
}

Result<std::byte*> WeightStore::allocate(size_t bytes) {
  GF_ASSIGN(Buffer buffer, Buffer::allocate(bytes));
  converted_.push_back(std::move(buffer));
  counts_.bytes += bytes;
  return converted_.back().data();
}

Result<std::span<const float>> WeightStore::read_floats(const std::string& name,
                                                        const TensorView& tensor,
                                                        Buffer& scratch) const {
  if (!is_float(tensor.dtype)) {
    return fail(ErrorCode::kInvalidFormat, name, ": expected F32, F16 or BF16, got ",
                tensor.dtype_name);
  }
  const size_t count = tensor.element_count();
  const auto* values = reinterpret_cast<const float*>(tensor.bytes.data());
  if (tensor.dtype != DType::kF32 || !aligned_for_floats(tensor.bytes)) {
    GF_ASSIGN(scratch, Buffer::allocate(count * sizeof(float)));
    auto* copy = reinterpret_cast<float*>(scratch.data());
    if (tensor.dtype == DType::kF32) {
      std::memcpy(copy, tensor.bytes.data(), tensor.bytes.size());
    } else {
      widen(tensor, {copy, count});
    }
    values = copy;
  }
  GF_TRY(check_finite({values, count}, name));
  return std::span(values, count);
}

Result<std::span<const float>> WeightStore::keep_floats(const std::string& name,
                                                        const TensorView& tensor) {
  Buffer scratch;
  GF_ASSIGN(const std::span<const float> values, read_floats(name, tensor, scratch));
  if (scratch.data() != nullptr) {
    counts_.bytes += scratch.size();
    converted_.push_back(std::move(scratch));
    return values;
  }
  if (storage_ == WeightStorage::kInt8) {  // a copy of this small tensor lets the whole file go
    GF_ASSIGN(std::byte* const copy, allocate(values.size_bytes()));
    std::memcpy(copy, values.data(), values.size_bytes());
    return std::span(reinterpret_cast<const float*>(copy), values.size());
  }
  counts_.bytes += values.size_bytes();
  file_in_use_ = true;
  return values;
}

Result<WeightMatrix> WeightStore::keep_int8(const std::string& name, const TensorView& tensor) {
  const std::string scale_name = name + "_scale";
  const size_t scale_shape[] = {tensor.shape[0]};
  GF_ASSIGN(const TensorView* scale_tensor, find(scale_name, scale_shape));
  GF_ASSIGN(const std::span<const float> scales, keep_floats(scale_name, *scale_tensor));
  const MatrixView values(reinterpret_cast<const int8_t*>(tensor.bytes.data()), tensor.shape[0],
                          tensor.shape[1]);
  const Int8Matrix matrix{values, scales};
  if (storage_ == WeightStorage::kF32) return keep_dequantized(matrix);
  counts_.bytes += tensor.bytes.size();
  file_in_use_ = true;
  return matrix;
}

Result<WeightMatrix> WeightStore::keep_quantized(ConstMatrix matrix) {
  GF_ASSIGN(std::byte* const value_bytes, allocate(matrix.rows * matrix.cols));
  GF_ASSIGN(std::byte* const scale_bytes, allocate(matrix.rows * sizeof(float)));
  const MatrixView values(reinterpret_cast<int8_t*>(value_bytes), matrix.rows, matrix.cols);
  const std::span scales(reinterpret_cast<float*>(scale_bytes), matrix.rows);
  for (size_t i = 0; i < matrix.rows; ++i) scales[i] = quantize_row(matrix.row(i), values.row(i));
  return Int8Matrix{values, scales};
}

Result<WeightMatrix> WeightStore::keep_dequantized(const Int8Matrix& matrix) {
  const auto [rows, cols] = std::pair(matrix.values.rows, matrix.values.cols);
  GF_ASSIGN(std::byte* const bytes, allocate(rows * cols * sizeof(float)));
  const Matrix out(reinterpret_cast<float*>(bytes), rows, cols);
  for (size_t i = 0; i < rows; ++i) dequantize_row(matrix, i, out.row(i));
  return ConstMatrix(out);
}

void WeightStore::finish() {
  tensors_.clear();
  matrices_.clear();
  if (!file_in_use_) file_ = Buffer();
}

Result<std::span<const float>> WeightStore::vector(const std::string& name, size_t count) {
  const size_t shape[] = {count};
  GF_ASSIGN(const TensorView* tensor, find(name, shape));
  counts_.parameters += count;
  return keep_floats(name, *tensor);
}

Result<WeightMatrix> WeightStore::matrix(const std::string& name, size_t rows, size_t cols) {
  const size_t shape[] = {rows, cols};
  GF_ASSIGN(const TensorView* tensor, find(name, shape));
  if (const auto known = matrices_.find(name); known != matrices_.end()) return known->second;
  counts_.parameters += rows * cols;
  GF_ASSIGN(const WeightMatrix matrix, read_matrix(name, *tensor));
  matrices_.emplace(name, matrix);
  return matrix;
}

Result<WeightMatrix> WeightStore::read_matrix(const std::string& name, const TensorView& tensor) {
  const auto [rows, cols] = std::pair(tensor.shape[0], tensor.shape[1]);
  if (tensor.dtype == DType::kI8) return keep_int8(name, tensor);
  if (storage_ == WeightStorage::kInt8) {
    Buffer scratch;
    GF_ASSIGN(const std::span<const float> values, read_floats(name, tensor, scratch));
    return keep_quantized({values.data(), rows, cols});
  }
  GF_ASSIGN(const std::span<const float> values, keep_floats(name, tensor));
  return ConstMatrix(values.data(), rows, cols);
}

Result<ConstMatrix> WeightStore::float_matrix(const std::string& name, size_t rows, size_t cols) {
  const size_t shape[] = {rows, cols};
  GF_ASSIGN(const TensorView* tensor, find(name, shape));
  counts_.parameters += rows * cols;
  GF_ASSIGN(const std::span<const float> values, keep_floats(name, *tensor));
  return ConstMatrix(values.data(), rows, cols);
}

Result<WeightMatrix> WeightStore::transposed_matrix(const std::string& name, size_t rows,
                                                    size_t cols) {
  const size_t shape[] = {rows, cols};
  GF_ASSIGN(const TensorView* tensor, find(name, shape));
  counts_.parameters += rows * cols;
  Buffer scratch;
  GF_ASSIGN(const std::span<const float> values, read_floats(name, *tensor, scratch));
  GF_ASSIGN(Buffer turned, Buffer::allocate(values.size_bytes()));
  const Matrix out(reinterpret_cast<float*>(turned.data()), cols, rows);
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < cols; ++j) out.at(j, i) = values[i * cols + j];
  }
  if (storage_ == WeightStorage::kInt8) return keep_quantized(out);
  counts_.bytes += turned.size();
  converted_.push_back(std::move(turned));
  return ConstMatrix(out);
}

}  // namespace glassformer
