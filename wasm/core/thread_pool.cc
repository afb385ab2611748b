#include "core/thread_pool.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "core/check.h"

namespace glassformer {

namespace {

/// How often a thread looks before it sleeps: some tens of microseconds, longer than what a forward
/// pass does between two loops.
constexpr size_t kLooks = 30'000;

/// Threads write to different ones.
constexpr size_t kCacheLine = 64;

/// The gate in one word: how many threads are inside of the loop, whether more may enter, and which
/// loop it is.
constexpr uint32_t kInside = 0xFF;
constexpr uint32_t kOpen = 0x100;
constexpr uint32_t kOneLoop = 0x200;
constexpr uint32_t kLoopNumbers = UINT32_MAX / kOneLoop;  // counted anew beyond

constexpr uint32_t inside(uint32_t gate) { return gate & kInside; }
constexpr uint32_t loop_number(uint32_t gate) { return gate / kOneLoop; }

/// Whether a thread that was last inside of loop `seen` may enter.
constexpr bool is_open(uint32_t gate, uint32_t seen) {
  return (gate & kOpen) != 0 && loop_number(gate) != seen;
}

}  // namespace

/// The loop is written while the gate is closed and nobody is inside, and read inside alone.
/// Who is about to sleep says so before the last look at the gate; who changes the gate does that
/// before looking for sleepers. Both in the one order of sequential consistency, so that at least
/// one of them sees the other.
struct ThreadPool::Shared {
  alignas(kCacheLine) std::atomic<uint32_t> gate{0};
  alignas(kCacheLine) std::atomic<size_t> next_part{0};
  alignas(kCacheLine) std::atomic<size_t> sleepers{0};
  std::atomic<bool> caller_sleeps{false};
  std::atomic<bool> is_over{false};
  Loop loop;
  uint32_t number = 0;  // of the loop; the caller's own
  std::mutex mutex;
  std::condition_variable opened;
  std::condition_variable left;
  std::vector<std::thread> threads;

  void work(size_t thread) {
    uint32_t seen = 0;
    while (enter(seen)) {
      take_parts(thread);
      leave();
    }
  }

  void take_parts(size_t thread) {
    for (;;) {
      const size_t i = next_part.fetch_add(1, std::memory_order_relaxed);
      if (i >= loop.n_parts) return;
      loop.call(loop.part, i, thread);
    }
  }

  /// Waits for a loop after `seen` and goes inside; false: there will be no more.
  bool enter(uint32_t& seen) {
    for (size_t looks = 0; !is_over.load(std::memory_order_relaxed); ++looks) {
      uint32_t now = gate.load(std::memory_order_relaxed);
      if (is_open(now, seen)) {
        if (!gate.compare_exchange_weak(now, now + 1, std::memory_order_acquire)) continue;
        seen = loop_number(now);
        return true;
      }
      if (looks < kLooks) continue;
      sleep_until_open(seen);
      looks = 0;
    }
    return false;
  }

  void sleep_until_open(uint32_t seen) {
    std::unique_lock lock(mutex);
    sleepers.fetch_add(1);
    opened.wait(lock, [&] { return is_open(gate.load(), seen) || is_over.load(); });
    sleepers.fetch_sub(1);
  }

  void leave() {
    const uint32_t before = gate.fetch_sub(1);
    if (inside(before) > 1 || !caller_sleeps.load()) return;
    wake(left);
  }

  void open() {
    number = (number + 1) % kLoopNumbers;
    next_part.store(0, std::memory_order_relaxed);
    gate.store(number * kOneLoop + kOpen);
    if (sleepers.load() > 0) wake(opened);
  }

  /// Lets nobody enter any more and waits for those inside.
  void close() {
    gate.fetch_and(~kOpen);
    for (size_t looks = 0; looks < kLooks; ++looks) {
      if (inside(gate.load(std::memory_order_acquire)) == 0) return;
    }
    std::unique_lock lock(mutex);
    caller_sleeps.store(true);
    left.wait(lock, [&] { return inside(gate.load()) == 0; });
    caller_sleeps.store(false);
  }

  /// Whoever holds the mutex has not yet looked, or sleeps already.
  void wake(std::condition_variable& condition) {
    {
      const std::lock_guard lock(mutex);
    }
    condition.notify_all();
  }
};

ThreadPool::ThreadPool(size_t n_threads)
    : n_threads_(n_threads), shared_(std::make_unique<Shared>()) {
  GF_CHECK(n_threads >= 1 && n_threads <= kMaxThreads);
  for (size_t thread = 1; thread < n_threads; ++thread) {
    shared_->threads.emplace_back([shared = shared_.get(), thread] { shared->work(thread); });
  }
}

ThreadPool::~ThreadPool() {
  shared_->is_over.store(true);
  shared_->wake(shared_->opened);
  for (std::thread& thread : shared_->threads) thread.join();
}

void ThreadPool::run_loop(const Loop& loop) {
  shared_->loop = loop;
  shared_->open();
  shared_->take_parts(0);
  shared_->close();
}

}  // namespace glassformer
