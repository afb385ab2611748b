// Joins strings and integers into one string: for error messages, without pulling iostreams into
// the wasm build.
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>

namespace glassformer {

inline void append_piece(std::string& out, std::string_view piece) { out += piece; }
inline void append_piece(std::string& out, std::integral auto number) {
  out += std::to_string(number);
}

/// "expected [384, 384]" = concat("expected ", shape_string(shape)).
template <class... Pieces>
std::string concat(const Pieces&... pieces) {
  std::string out;
  (append_piece(out, pieces), ...);
  return out;
}

/// A shape as people write it: "[2, 384]"; "[]" for a scalar.
inline std::string shape_string(std::span<const size_t> shape) {
  std::string out = "[";
  for (size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) out += ", ";
    out += std::to_string(shape[i]);
  }
  return out + "]";
}

}  // namespace glassformer
