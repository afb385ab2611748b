#include "text/byte_tokens.h"

#include <charconv>

namespace glassformer {

std::string byte_token(uint8_t byte) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  return {'<', '0', 'x', kDigits[byte >> 4], kDigits[byte & 0xF], '>'};
}

std::optional<uint8_t> byte_of_token(std::string_view token) {
  constexpr size_t kLength = 6, kDigitsBegin = 3, kDigitsEnd = 5;
  if (token.size() != kLength || !token.starts_with("<0x") || token.back() != '>') return {};
  uint8_t byte = 0;
  const auto [end, problem] =
      std::from_chars(token.data() + kDigitsBegin, token.data() + kDigitsEnd, byte, 16);
  if (problem != std::errc() || end != token.data() + kDigitsEnd) return {};
  return byte;
}

std::vector<int32_t> byte_token_ids(const Vocabulary& vocabulary, std::string_view bytes) {
  std::vector<int32_t> ids;
  for (const char byte : bytes) {
    const auto id = vocabulary.find(byte_token(static_cast<uint8_t>(byte)));
    if (!id) return {};
    ids.push_back(*id);
  }
  return ids;
}

}  // namespace glassformer
