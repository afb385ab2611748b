#include "formats/safetensors_reader.h"

#include <algorithm>
#include <cstdint>

namespace glassformer {

Result<void> SafetensorsReader::feed(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    if (in_data_) {
      GF_TRY(take_data(bytes));
    } else {
      GF_TRY(take_header(bytes));
    }
  }
  return {};
}

Result<void> SafetensorsReader::take_header(std::span<const std::byte>& bytes) {
  const size_t wanted = kHeaderLengthBytes + header_length_.value_or(0);
  const size_t count = std::min(bytes.size(), wanted - header_.size());
  // Grows with what arrives, whatever length the file claims.
  header_.append(reinterpret_cast<const char*>(bytes.data()), count);
  bytes = bytes.subspan(count);
  if (header_.size() < wanted) return {};
  if (!header_length_) {
    const size_t file_bytes = file_bytes_.value_or(SIZE_MAX);
    const size_t available = file_bytes - std::min(file_bytes, kHeaderLengthBytes);
    GF_ASSIGN(header_length_,
              read_header_length(std::as_bytes(std::span(header_)), available, name_));
    if (*header_length_ > 0) return {};
  }
  return begin_data();
}

Result<void> SafetensorsReader::begin_data() {
  std::optional<size_t> data_bytes;
  if (file_bytes_) data_bytes = *file_bytes_ - header_.size();
  const std::string_view text = std::string_view(header_).substr(kHeaderLengthBytes);
  GF_ASSIGN(tensors_, parse_safetensors_header(text, data_bytes, name_));
  header_ = std::string();
  in_data_ = true;
  return sink_.begin_file(name_, tensors_);
}

Result<void> SafetensorsReader::take_data(std::span<const std::byte>& bytes) {
  while (next_ < tensors_.size() && done_ == tensors_[next_].bytes) {
    ++next_;
    done_ = 0;
  }
  if (next_ == tensors_.size()) {
    return fail(ErrorCode::kInvalidFormat, name_, ": ", bytes.size(),
                " bytes follow after the last tensor, expected none");
  }
  const TensorInfo& tensor = tensors_[next_];
  const auto part = bytes.first(std::min(bytes.size(), tensor.bytes - done_));
  bytes = bytes.subspan(part.size());
  done_ += part.size();
  return sink_.write(tensor, part);
}

Result<void> SafetensorsReader::finish() const {
  if (!in_data_) {
    return fail(ErrorCode::kInvalidFormat, name_, ": ends in its header, after ", header_.size(),
                " bytes (truncated file?)");
  }
  const size_t end = tensors_.empty() ? 0 : tensors_.back().begin + tensors_.back().bytes;
  const size_t got = next_ < tensors_.size() ? tensors_[next_].begin + done_ : end;
  if (got == end) return {};
  return fail(ErrorCode::kInvalidFormat, name_, ": expected ", end, " bytes of data, got ", got,
              " (truncated file?)");
}

}  // namespace glassformer
