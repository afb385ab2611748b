// From a row of a tensor as the file has it to a row as it is kept in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.h"
#include "formats/safetensors.h"

namespace glassformer {

/// A run of a tensor's elements: those from `first` on, in the file's form.
struct FileRow {
  std::string_view tensor;  // its name, for messages
  DType dtype;
  size_t first;
  std::span<const std::byte> bytes;
};

/// The row of a float tensor as F32; kInvalidFormat names an element that is not finite.
Result<void> read_floats(const FileRow& row, std::span<float> out);

/// As binary16, to the nearest; kInvalidArgument names a value that is too large for it.
Result<void> to_f16(const FileRow& row, std::span<const float> values, std::span<uint16_t> out);

}  // namespace glassformer
