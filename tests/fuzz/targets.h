// What is fuzzed: functions that take any bytes at all and must neither crash nor run wild.
// libFuzzer calls them with bytes of its own (libfuzzer.cc); the tests call them with the corpora
// (tests/native/fuzz).
#pragma once

#include <span>
#include <string_view>

namespace glassformer::fuzz {

struct Target {
  std::string_view name;  // also the folder of its corpus
  void (*run)(std::string_view bytes);
};

/// All of them: one line per target.
std::span<const Target> targets();

/// Null for an unknown name.
const Target* find_target(std::string_view name);

}  // namespace glassformer::fuzz
