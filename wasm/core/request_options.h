// The options of a request, as people give them: one JSON object, read strictly. Whoever computes
// something asks for the options it knows, and then finish() refuses what nobody asked for. A
// message names the task and the option:
// "question-answering: top_k: expected a whole number of 1 or more, got 0".
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace glassformer {

/// Both ends included.
struct CountRange {
  size_t min = 0;
  size_t max = std::numeric_limits<size_t>::max();
};

struct NumberRange {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
};

class RequestOptions {
 public:
  /// An empty text is an object without members. `where` begins every message.
  static Result<RequestOptions> parse(std::string_view json, std::string where);

  // An option that is missing or null has its fallback. Every failure is kInvalidArgument.
  Result<bool> flag_or(std::string_view name, bool fallback);
  Result<size_t> count_or(std::string_view name, size_t fallback, CountRange range = {});
  Result<double> number_or(std::string_view name, double fallback, NumberRange range = {});
  Result<std::string> text_or(std::string_view name, std::string_view fallback);
  /// A list of strings, or one string alone; empty when missing.
  Result<std::vector<std::string>> texts(std::string_view name);
  /// Here null means "no limit", and is not the same as missing.
  Result<std::optional<size_t>> count_or_null(std::string_view name, std::optional<size_t> fallback,
                                              CountRange range = {});

  /// The value itself, for options of another form; nothing when missing or null.
  std::optional<JsonValue> find(std::string_view name);

  /// kInvalidArgument: "<where>: <name>: expected <expected>, got <the value>".
  Error invalid(std::string_view name, std::string_view expected) const;

  /// kUnsupported for the first option that was given and never asked for; lists those that were.
  Result<void> finish() const;

  const std::string& where() const { return where_; }

 private:
  RequestOptions(JsonDocument document, std::string where)
      : document_(std::move(document)), where_(std::move(where)) {}

  JsonDocument document_;
  std::string where_;
  std::map<std::string, JsonValue, std::less<>> given_;
  std::vector<std::string> known_;
};

}  // namespace glassformer
