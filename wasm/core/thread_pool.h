// ThreadPool: threads that share loops with their caller. Layers stand microseconds apart, and
// waking a thread costs as much as a small product: so a thread without work looks out for the next
// loop for a moment, and only then sleeps. Parts are taken by whoever is free, so that a thread
// whose core is busy with something else delays a loop by one part at most.
#pragma once

#include <cstddef>
#include <memory>

namespace glassformer {

class ThreadPool {
 public:
  static constexpr size_t kMaxThreads = 64;

  /// The caller of run() is one of the `n_threads`, 1 to kMaxThreads: one less is started.
  explicit ThreadPool(size_t n_threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  size_t size() const { return n_threads_; }

  /// Calls part(i, thread) once for every i below `n_parts`, with the number below size() of the
  /// thread that does it, and returns when all are done. One caller at a time; no part may call it.
  template <class Part>
  void run(size_t n_parts, const Part& part) {
    run_loop({n_parts, &part, [](const void* erased, size_t i, size_t thread) {
                (*static_cast<const Part*>(erased))(i, thread);
              }});
  }

 private:
  struct Loop {
    size_t n_parts = 0;
    const void* part = nullptr;
    void (*call)(const void* part, size_t i, size_t thread) = nullptr;
  };
  struct Shared;

  void run_loop(const Loop& loop);

  size_t n_threads_;
  std::unique_ptr<Shared> shared_;
};

}  // namespace glassformer
