#include "core/workspace.h"

#include <algorithm>
#include <utility>

namespace glassformer {

namespace {
/// Holds a whole pass of a small model at ordinary lengths.
constexpr size_t kMinBlockBytes = size_t{1} << 20;
}  // namespace

std::byte* Workspace::bytes(size_t count) {
  const size_t bytes = (count + kAlignment - 1) / kAlignment * kAlignment;
  while (block_ < blocks_.size() && used_ + bytes > blocks_[block_].size()) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    auto block = Buffer::allocate(std::max(bytes, kMinBlockBytes));
    GF_CHECK(block.ok());
    blocks_.push_back(std::move(block).value());
    used_ = 0;
  }
  std::byte* const start = blocks_[block_].data() + used_;
  used_ += bytes;
  return start;
}

size_t Workspace::capacity() const {
  size_t bytes = 0;
  for (const Buffer& block : blocks_) bytes += block.size();
  return bytes;
}

}  // namespace glassformer
