// The tokenisers' goldens (tests/golden/tokenizers), read.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/concat.h"
#include "core/json.h"
#include "support/test_files.h"
#include "text/tokenizer.h"

namespace glassformer::testing {

inline JsonDocument read_tokenizer_golden(const std::string& file) {
  auto document = JsonDocument::parse(read_source_file("tests/golden/tokenizers/" + file), file);
  EXPECT_TRUE(document.ok()) << document.error().message();
  return std::move(document).value();
}

/// From the tokenizer.json of a golden; of "<kind>_files" from vocab.json and merges.txt.
inline Tokenizer golden_tokenizer(const std::string& name) {
  const std::string folder = "tests/golden/tokenizers/" + name + "/";
  const bool has_json = !name.ends_with("_files");
  const std::string first = read_source_file(folder + (has_json ? "tokenizer.json" : "vocab.json"));
  const std::string merges = has_json ? "" : read_source_file(folder + "merges.txt");
  auto tokenizer = has_json
                       ? Tokenizer::from_json(first)
                       : Tokenizer::from_files({{"vocab.json", first}, {"merges.txt", merges}});
  EXPECT_TRUE(tokenizer.ok()) << tokenizer.error().message();
  return std::move(tokenizer).value();
}

inline std::vector<int64_t> integers(const JsonValue& list) {
  std::vector<int64_t> out;
  for (size_t i = 0; i < list.size(); ++i) out.push_back(list[i].integer("golden").value());
  return out;
}

inline std::vector<std::string> strings(const JsonValue& list) {
  std::vector<std::string> out;
  for (size_t i = 0; i < list.size(); ++i) out.push_back(list[i].string("golden").value());
  return out;
}

template <class Numbers>
std::vector<int64_t> widened(const Numbers& numbers) {
  return {numbers.begin(), numbers.end()};
}

/// 32 bits of FNV-1a as eight hexadecimal digits: how the goldens keep what would be long.
inline std::string digest(std::string_view bytes) {
  uint32_t value = 0x811C9DC5;
  for (const char byte : bytes) value = (value ^ static_cast<uint8_t>(byte)) * 0x01000193;
  char text[16];
  std::snprintf(text, sizeof text, "%08x", static_cast<unsigned>(value));
  return text;
}

/// Of numbers as 32-bit integers, the lowest byte first.
inline std::string digest_numbers(const std::vector<int64_t>& numbers) {
  std::string bytes;
  for (const int64_t number : numbers) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes += static_cast<char>(static_cast<uint64_t>(number) >> shift & 0xFF);
    }
  }
  return digest(bytes);
}

/// Digest `i` of many in a row.
inline std::string digest_at(std::string_view digests, size_t i) {
  constexpr size_t kDigits = 8;
  return std::string(digests.substr(i * kDigits, kDigits));
}

/// Gap to the end of the token before, and length, by turns: as the goldens keep offsets.
inline std::vector<int64_t> spans(const std::vector<Offset>& offsets) {
  std::vector<int64_t> out;
  int64_t last = 0;
  for (const Offset& offset : offsets) {
    out.insert(out.end(), {offset.start - last, int64_t{offset.end} - offset.start});
    last = offset.end;
  }
  return out;
}

/// Items as a list of compact JSON.
template <class Items, class Write>
std::string json_list(const Items& items, Write write) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out += ',';
    out += write(item);
  }
  return concat("[", out, "]");
}

/// Integers, texts and lists of them as compact JSON.
inline std::string rewritten(const JsonValue& value) {
  if (value.is_string()) return json_quote(value.string("golden").value());
  if (value.is_null()) return "null";
  if (!value.is_array()) return std::to_string(value.integer("golden").value());
  std::string out;
  for (size_t i = 0; i < value.size(); ++i) {
    if (i > 0) out += ',';
    out += rewritten(value[i]);
  }
  return concat("[", out, "]");
}

/// Offsets one after another: start, end, start, end.
inline std::vector<int64_t> flattened(const std::vector<Offset>& offsets) {
  std::vector<int64_t> out;
  for (const Offset& offset : offsets) out.insert(out.end(), {offset.start, offset.end});
  return out;
}

}  // namespace glassformer::testing
