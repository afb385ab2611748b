// The safetensors format: 8 bytes of header length, a JSON header that names every tensor's dtype,
// shape and place, then the bytes. A file comes from anywhere, so everything it claims is checked
// before anything is read. Format: the "Format" section of the safetensors documentation (Hugging
// Face).
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace glassformer {

enum class DType { kF32, kF16, kBF16, kI8, kOther };

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

/// Reads the header of `file` and checks it: lengths within the file, dtypes known, shapes that
/// match their bytes, no overlap, no gap. The views point into `file`. `name` is what messages call
/// it.
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
