// The words of a command line, taken apart: options that take a value, and the rest in order.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace glassformer {

struct Arguments {
  std::map<std::string_view, std::string_view> options;  // "--model" -> "models/sentiment-en"
  std::vector<std::string_view> positional;

  std::optional<std::string_view> find(std::string_view option) const;
  /// kInvalidArgument when the option was not given.
  Result<std::string_view> require(std::string_view option) const;
};

/// Every word that begins with "--" is an option of `known` and takes the next word; after "--"
/// alone all is positional.
Result<Arguments> parse_arguments(std::span<const std::string_view> words,
                                  std::span<const std::string_view> known);

/// "101,7592,102"
Result<std::vector<int32_t>> parse_ids(std::string_view text, std::string_view option);

/// A whole number of 0 or more.
Result<size_t> parse_count(std::string_view text, std::string_view option);

}  // namespace glassformer
