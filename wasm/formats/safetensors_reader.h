// Reads a safetensors file as its bytes come from a disk or a network: the header first, then
// tensor after tensor in the order of the file. Nothing of the data is kept here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "formats/safetensors.h"

namespace glassformer {

/// What becomes of the bytes.
class TensorSink {
 public:
  virtual ~TensorSink() = default;

  /// The header has been read: these tensors will come, in this order.
  virtual Result<void> begin_file(const std::string& file, std::span<const TensorInfo> tensors) = 0;

  /// The next bytes of a tensor; those of one tensor come one after the other.
  virtual Result<void> write(const TensorInfo& tensor, std::span<const std::byte> bytes) = 0;
};

class SafetensorsReader {
 public:
  /// `name` is what messages call the file; `file_bytes` is its size where that is known.
  SafetensorsReader(std::string name, std::optional<size_t> file_bytes, TensorSink& sink)
      : name_(std::move(name)), file_bytes_(file_bytes), sink_(sink) {}

  /// The next bytes of the file. After an error the reader is not to be used again.
  Result<void> feed(std::span<const std::byte> bytes);

  /// To be called after the last byte: kInvalidFormat if more should have come.
  Result<void> finish() const;

  const std::string& name() const { return name_; }

 private:
  /// Both take what they need from the front of `bytes`.
  Result<void> take_header(std::span<const std::byte>& bytes);
  Result<void> take_data(std::span<const std::byte>& bytes);
  Result<void> begin_data();

  std::string name_;
  std::optional<size_t> file_bytes_;
  TensorSink& sink_;
  std::string header_;  // its length and its text, as far as they have come
  std::optional<size_t> header_length_;
  bool in_data_ = false;
  std::vector<TensorInfo> tensors_;
  size_t next_ = 0;  // the tensor that bytes go to
  size_t done_ = 0;  // how many of its bytes have come
};

}  // namespace glassformer
