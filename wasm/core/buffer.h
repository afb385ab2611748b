// Buffer: owned, aligned bytes of a size that may come from input, so that a failed allocation is
// an Error, not a crash.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>

#include "core/result.h"

namespace glassformer {

/// Enough for any SIMD load of today and a cache line.
inline constexpr size_t kAlignment = 64;

class Buffer {
 public:
  Buffer() = default;

  /// `bytes` uninitialised bytes at an address that is a multiple of kAlignment; kOutOfMemory if
  /// there is no room.
  static Result<Buffer> allocate(size_t bytes);

  std::byte* data() const { return bytes_.get(); }
  size_t size() const { return size_; }
  std::span<std::byte> bytes() const { return {bytes_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<std::byte[], Free> bytes_;
  size_t size_ = 0;
};

}  // namespace glassformer
