// Checks of our own invariants: a failure is a defect of the engine, never of its input, and stops
// the program.
#pragma once

namespace glassformer {

/// Prints `what` to standard error and aborts (in wasm: a trap that the worker reports).
[[noreturn]] void check_failed(const char* what);

}  // namespace glassformer

#define GF_CHECK(condition)                    \
  do {                                         \
    if (!(condition)) [[unlikely]]             \
      ::glassformer::check_failed(#condition); \
  } while (false)
