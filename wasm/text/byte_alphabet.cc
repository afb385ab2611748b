#include "text/byte_alphabet.h"

#include <algorithm>
#include <array>

namespace glassformer {

namespace {

constexpr size_t kBytes = 256;

constexpr bool prints(uint32_t byte) {
  return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

constexpr auto kCharacters = [] {
  std::array<char16_t, kBytes> characters{};
  char16_t next = kBytes;
  for (uint32_t byte = 0; byte < kBytes; ++byte) {
    characters[byte] = prints(byte) ? static_cast<char16_t>(byte) : next++;
  }
  return characters;
}();

}  // namespace

char32_t character_of_byte(uint8_t byte) { return kCharacters[byte]; }

std::optional<uint8_t> byte_of_character(char32_t c) {
  if (c < kBytes && prints(c)) return static_cast<uint8_t>(c);
  const auto found = std::find(kCharacters.begin(), kCharacters.end(), c);
  if (found == kCharacters.end()) return std::nullopt;
  return static_cast<uint8_t>(found - kCharacters.begin());
}

}  // namespace glassformer
