// libFuzzer's entry: one program per target, which GF_FUZZ_TARGET names.
#include <cstddef>
#include <cstdint>

#include "core/check.h"
#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace glassformer::fuzz;
  static const Target* const target = find_target(GF_FUZZ_TARGET);
  GF_CHECK(target != nullptr);
  target->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
