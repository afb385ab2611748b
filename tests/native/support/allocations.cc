#include "support/allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<size_t> count = 0;
}

// Arrays come to these in the end, or, where a sanitiser has its own, are not counted. What is
// aligned beyond malloc's promise keeps the library's own.
void* operator new(size_t bytes, const std::nothrow_t& /*unused*/) noexcept {
  ++count;
  return std::malloc(bytes == 0 ? 1 : bytes);
}
void* operator new(size_t bytes) {
  void* const memory = operator new(bytes, std::nothrow);
  if (memory == nullptr) std::abort();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t /*bytes*/) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t& /*unused*/) noexcept { std::free(memory); }

namespace glassformer::testing {

size_t allocations() { return count; }

}  // namespace glassformer::testing
