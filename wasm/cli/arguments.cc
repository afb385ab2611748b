#include "cli/arguments.h"

#include <algorithm>
#include <charconv>

namespace glassformer {

namespace {

template <class Number>
Result<Number> parse_number(std::string_view text, std::string_view option) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) {
    return fail(ErrorCode::kInvalidArgument, option, ": expected a whole number, got '", text, "'");
  }
  return number;
}

}  // namespace

std::optional<std::string_view> Arguments::find(std::string_view option) const {
  const auto found = options.find(option);
  if (found == options.end()) return std::nullopt;
  return found->second;
}

Result<std::string_view> Arguments::require(std::string_view option) const {
  const auto value = find(option);
  if (!value) return fail(ErrorCode::kInvalidArgument, "option ", option, " is missing");
  return *value;
}

Result<Arguments> parse_arguments(std::span<const std::string_view> words,
                                  std::span<const std::string_view> known) {
  Arguments arguments;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--") {
      arguments.positional.insert(arguments.positional.end(), words.begin() + i + 1, words.end());
      break;
    }
    if (!word.starts_with("--")) {
      arguments.positional.push_back(word);
      continue;
    }
    if (std::ranges::find(known, word) == known.end()) {
      return fail(ErrorCode::kInvalidArgument, "unknown option ", word);
    }
    if (i + 1 == words.size()) {
      return fail(ErrorCode::kInvalidArgument, "option ", word, " needs a value");
    }
    arguments.options[word] = words[++i];
  }
  return arguments;
}

Result<std::vector<int32_t>> parse_ids(std::string_view text, std::string_view option) {
  std::vector<int32_t> ids;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    GF_ASSIGN(const int32_t id, parse_number<int32_t>(text.substr(begin, end - begin), option));
    ids.push_back(id);
    begin = end + 1;
  }
  return ids;
}

Result<size_t> parse_count(std::string_view text, std::string_view option) {
  return parse_number<size_t>(text, option);
}

}  // namespace glassformer
