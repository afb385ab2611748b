// The tokenisers' goldens (tests/golden/tokenizers), read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/json.h"
#include "support/test_files.h"
#include "text/tokenizer.h"

namespace glassformer::testing {

inline JsonDocument read_tokenizer_golden(const std::string& file) {
  auto document = JsonDocument::parse(read_source_file("tests/golden/tokenizers/" + file), file);
  EXPECT_TRUE(document.ok()) << document.error().message;
  return std::move(document).value();
}

inline Tokenizer golden_tokenizer(const std::string& name) {
  const std::string path = "tests/golden/tokenizers/" + name + "/tokenizer.json";
  auto tokenizer = Tokenizer::from_json(read_source_file(path));
  EXPECT_TRUE(tokenizer.ok()) << tokenizer.error().message;
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

/// Offsets one after another: start, end, start, end.
inline std::vector<int64_t> flattened(const std::vector<Offset>& offsets) {
  std::vector<int64_t> out;
  for (const Offset& offset : offsets) out.insert(out.end(), {offset.start, offset.end});
  return out;
}

}  // namespace glassformer::testing
