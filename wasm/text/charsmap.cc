#include "text/charsmap.h"

#include <algorithm>

namespace glassformer {

namespace {

// A unit of the double array, as Darts-clone packs it.
bool has_leaf(uint32_t unit) { return unit >> 8 & 1; }
uint32_t value_of(uint32_t unit) { return unit & 0x7FFFFFFF; }
uint32_t label_of(uint32_t unit) { return unit & 0x800000FF; }
uint32_t offset_of(uint32_t unit) { return (unit >> 10) << ((unit & 0x200) >> 6); }

uint32_t read_u32(std::string_view bytes, size_t position) {
  uint32_t value = 0;
  for (size_t i = 4; i-- > 0;) value = value << 8 | static_cast<uint8_t>(bytes[position + i]);
  return value;
}

}  // namespace

Result<Charsmap> Charsmap::parse(std::string_view bytes, std::string_view source) {
  constexpr size_t kUnitBytes = 4;
  Charsmap map;
  if (bytes.empty()) return map;
  const size_t rest = bytes.size() - std::min(bytes.size(), kUnitBytes);
  const size_t trie_bytes = bytes.size() < kUnitBytes ? 0 : read_u32(bytes, 0);
  if (trie_bytes == 0 || trie_bytes > rest || trie_bytes % kUnitBytes != 0) {
    return fail(ErrorCode::kInvalidFormat, source, ": precompiled_charsmap: a trie of ", trie_bytes,
                " bytes in ", bytes.size());
  }
  for (size_t i = 0; i < trie_bytes; i += kUnitBytes) {
    map.units_.push_back(read_u32(bytes, kUnitBytes + i));
  }
  map.replacements_ = bytes.substr(kUnitBytes + trie_bytes);
  return map;
}

/// Every rule that the text begins with, from the shortest on, until `visit(rule)` returns false.
template <class Visit>
void Charsmap::for_each_rule(std::string_view text, Visit visit) const {
  if (units_.empty()) return;
  uint32_t position = offset_of(units_[0]);
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    position ^= byte;
    if (byte == 0 || position >= units_.size()) return;
    const uint32_t unit = units_[position];
    if (label_of(unit) != byte) return;
    position ^= offset_of(unit);
    if (!has_leaf(unit)) continue;
    if (position >= units_.size()) return;
    const uint32_t start = value_of(units_[position]);
    if (start > replacements_.size()) return;
    const std::string_view rest = std::string_view(replacements_).substr(start);
    if (!visit(Rule{i + 1, rest.substr(0, std::min(rest.find('\0'), rest.size()))})) return;
  }
}

std::optional<Charsmap::Rule> Charsmap::shortest_rule(std::string_view text) const {
  std::optional<Rule> found;
  for_each_rule(text, [&found](const Rule& rule) {
    found = rule;
    return false;
  });
  return found;
}

std::optional<Charsmap::Rule> Charsmap::longest_rule(std::string_view text) const {
  std::optional<Rule> found;
  for_each_rule(text, [&found](const Rule& rule) {
    found = rule;
    return true;
  });
  return found;
}

}  // namespace glassformer
