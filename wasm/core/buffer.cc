#include "core/buffer.h"

#include <cstdint>

namespace glassformer {

Result<Buffer> Buffer::allocate(size_t bytes) {
  Buffer buffer;
  if (bytes > SIZE_MAX - kAlignment) {
    return fail(ErrorCode::kOutOfMemory, "cannot allocate ", bytes, " bytes");
  }
  const size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  auto* memory = static_cast<std::byte*>(
      std::aligned_alloc(kAlignment, rounded + (rounded == 0) * kAlignment));
  if (memory == nullptr) {
    return fail(ErrorCode::kOutOfMemory, "cannot allocate ", bytes, " bytes");
  }
  buffer.bytes_.reset(memory);
  buffer.size_ = bytes;
  return buffer;
}

}  // namespace glassformer
