// Workspace: scratch memory for one forward pass. Allocating is adding to a pointer; a Scope gives
// everything back that was taken since it began. Blocks are kept, so after the first pass nothing
// is allocated any more. It also says which threads may share the pass's loops (core/parallel.h):
// memory is taken by the caller alone, before a loop.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/buffer.h"
#include "core/matrix.h"

namespace glassformer {

class ThreadPool;

class Workspace {
 public:
  /// Gives back, at its end, what was taken from the workspace during its life. Scopes nest.
  class Scope {
   public:
    explicit Scope(Workspace& workspace)
        : workspace_(workspace), block_(workspace.block_), used_(workspace.used_) {}
    ~Scope() {
      workspace_.block_ = block_;
      workspace_.used_ = used_;
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Workspace& workspace_;
    size_t block_;
    size_t used_;
  };

  /// `count` uninitialised elements, aligned to kAlignment. Sizes are bounded by the model's
  /// checked shapes, so that running out of memory here is a check, not an Error.
  template <class T>
    requires std::is_trivially_copyable_v<T>
  std::span<T> array(size_t count) {
    return {reinterpret_cast<T*>(bytes(count * sizeof(T))), count};
  }
  std::span<float> floats(size_t count) { return array<float>(count); }

  /// An uninitialised matrix [rows, cols].
  Matrix matrix(size_t rows, size_t cols) { return {floats(rows * cols).data(), rows, cols}; }

  /// The threads for this pass's loops, which outlive it. Null, as it is at first: the caller
  /// alone.
  ThreadPool* threads() const { return threads_; }
  void use(ThreadPool& threads) { threads_ = &threads; }

  /// Bytes held, for reports.
  size_t capacity() const;

 private:
  std::byte* bytes(size_t count);

  std::vector<Buffer> blocks_;
  size_t block_ = 0;  // the block in use
  size_t used_ = 0;   // bytes used of it
  ThreadPool* threads_ = nullptr;
};

}  // namespace glassformer
