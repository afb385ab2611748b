// Joins strings and integers into one string: for error messages, without pulling iostreams into
// the wasm build.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace glassformer {

/// A string or an integer on its way into a text: two words, so that saying what went wrong takes
/// little code where it is said. Valid as long as the string is.
class Fragment {
 public:
  Fragment(std::string_view text) : text_(text.data() ? text.data() : ""), size_(text.size()) {}
  Fragment(const std::string& text) : Fragment(std::string_view(text)) {}
  Fragment(const char* text) : Fragment(std::string_view(text)) {}
  Fragment(std::integral auto number) : size_(static_cast<uint64_t>(number)) {
    if (number < 0) text_ = &kNegative;
  }

  void append_to(std::string& out) const;

 private:
  /// The text of a number below zero, whose two's complement is in size_.
  static constexpr char kNegative = '-';

  const char* text_ = nullptr;  // none for a number
  uint64_t size_;
};

std::string concat_fragments(std::initializer_list<Fragment> fragments);

/// "expected [384, 384]" = concat("expected ", shape_string(shape)).
template <class... Pieces>
std::string concat(const Pieces&... pieces) {
  return concat_fragments({Fragment(pieces)...});
}

/// A shape as people write it: "[2, 384]"; "[]" for a scalar.
std::string shape_string(std::span<const size_t> shape);

}  // namespace glassformer
