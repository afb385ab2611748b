// The safetensors format: 8 bytes of header length, a JSON header that names every tensor's dtype,
// shape and place, then the bytes. A file comes from anywhere, so everything it claims is checked
// before anything is read. Format: the "Format" section of the safetensors documentation (Hugging
// Face).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace glassformer {

enum class DType { kF32, kF16, kBF16, kI8, kOther };

/// One tensor as the header describes it.
struct TensorInfo {
  std::string name;
  DType dtype = DType::kOther;
  std::string dtype_name;  // as the file writes it, "F32"
  std::vector<size_t> shape;
  size_t begin = 0;  // where its bytes begin, from the end of the header
  size_t bytes = 0;

  size_t element_count() const;
};

bool is_float(DType dtype);

/// Every file begins with the length of its header.
inline constexpr size_t kHeaderLengthBytes = 8;

/// The length of the header that follows `prefix` (kHeaderLengthBytes of it), when at most
/// `available` bytes can follow.
Result<size_t> read_header_length(std::span<const std::byte> prefix, size_t available,
                                  std::string_view name);

/// Reads a header and checks it: dtypes known, shapes that match their bytes, no overlap, no gap,
/// and `data_bytes` in all where that is known. The tensors come in the order of their bytes.
/// `name` is what messages call the file.
Result<std::vector<TensorInfo>> parse_safetensors_header(std::string_view header,
                                                         std::optional<size_t> data_bytes,
                                                         std::string_view name);

/// One tensor of a file: a view of the file's bytes.
struct TensorView {
  DType dtype;
  std::string dtype_name;  // as the file writes it, "F32"
  std::vector<size_t> shape;
  std::span<const std::byte> bytes;

  size_t element_count() const;
};

/// All tensors of a file by name.
using TensorMap = std::map<std::string, TensorView, std::less<>>;

/// A whole file in memory, its header checked. The views point into `file`.
Result<TensorMap> parse_safetensors(std::span<const std::byte> file, std::string_view name);

/// A tensor to be written.
struct NamedTensor {
  std::string name;
  std::vector<size_t> shape;
  std::span<const float> data;
};

/// A safetensors file of F32 tensors, in the order given; tensor data begins at a multiple of 8.
std::vector<std::byte> write_safetensors(std::span<const NamedTensor> tensors);

}  // namespace glassformer
