#include "core/request_options.h"

#include <algorithm>

namespace glassformer {

namespace {

/// A value as a message shows it.
std::string preview(const JsonValue& value) {
  constexpr size_t kLongest = 60;
  std::string text = value.text();
  if (text.size() <= kLongest) return text;
  return value.is_array() ? "a long array" : value.is_object() ? "a large object" : "a long string";
}

std::string describe(CountRange range) {
  if (range.max == CountRange{}.max) return concat("a whole number of ", range.min, " or more");
  return concat("a whole number from ", range.min, " to ", range.max);
}

std::string describe(NumberRange range) {
  const bool has_min = range.min != NumberRange{}.min, has_max = range.max != NumberRange{}.max;
  if (has_min && has_max) {
    return concat("a number from ", json_number(range.min), " to ", json_number(range.max));
  }
  if (has_min) return concat("a number of ", json_number(range.min), " or more");
  if (has_max) return concat("a number of ", json_number(range.max), " or less");
  return "a number";
}

}  // namespace

Result<RequestOptions> RequestOptions::parse(std::string_view json, std::string where) {
  auto parsed = JsonDocument::parse(json.empty() ? "{}" : json, "options");
  if (!parsed.ok() || !parsed.value().root().is_object()) {
    return fail(ErrorCode::kInvalidArgument, where, ": its options: expected a JSON object");
  }
  RequestOptions options(std::move(parsed).value(), std::move(where));
  GF_TRY(options.document_.root().for_each_member(
      [&options](const std::string& name, JsonValue value) -> Result<void> {
        options.given_.emplace(name, value);
        return {};
      }));
  return options;
}

std::optional<JsonValue> RequestOptions::find(std::string_view name) {
  if (std::ranges::find(known_, name) == known_.end()) known_.emplace_back(name);
  const auto option = given_.find(name);
  if (option == given_.end() || option->second.is_null()) return std::nullopt;
  return option->second;
}

Result<bool> RequestOptions::flag_or(std::string_view name, bool fallback) {
  const auto value = find(name);
  if (!value) return fallback;
  if (!value->is_boolean()) return invalid(name, "true or false");
  return value->boolean(name);
}

Result<size_t> RequestOptions::count_or(std::string_view name, size_t fallback, CountRange range) {
  const auto value = find(name);
  if (!value) return fallback;
  const auto number = value->integer(name);
  const bool fits = number.ok() && number.value() >= 0 &&
                    static_cast<uint64_t>(number.value()) >= range.min &&
                    static_cast<uint64_t>(number.value()) <= range.max;
  if (!fits) return invalid(name, describe(range));
  return static_cast<size_t>(number.value());
}

Result<std::optional<size_t>> RequestOptions::count_or_null(std::string_view name,
                                                            std::optional<size_t> fallback,
                                                            CountRange range) {
  const auto given = given_.find(name);
  if (find(name)) {
    GF_ASSIGN(const size_t count, count_or(name, 0, range));
    return std::optional(count);
  }
  return given == given_.end() ? fallback : std::nullopt;
}

Result<double> RequestOptions::number_or(std::string_view name, double fallback,
                                         NumberRange range) {
  const auto value = find(name);
  if (!value) return fallback;
  const auto number = value->number(name);
  const bool fits = number.ok() && number.value() >= range.min && number.value() <= range.max;
  if (!fits) return invalid(name, describe(range));
  return number.value();
}

Result<std::string> RequestOptions::text_or(std::string_view name, std::string_view fallback) {
  const auto value = find(name);
  if (!value) return std::string(fallback);
  if (!value->is_string()) return invalid(name, "a string");
  return value->string(name);
}

Result<std::vector<std::string>> RequestOptions::texts(std::string_view name) {
  std::vector<std::string> texts;
  const auto value = find(name);
  if (!value) return texts;
  if (value->is_string()) {
    GF_ASSIGN(texts.emplace_back(), value->string(name));
    return texts;
  }
  if (!value->is_array()) return invalid(name, "a string or an array of strings");
  for (size_t i = 0; i < value->size(); ++i) {
    if (!(*value)[i].is_string()) return invalid(name, "a string or an array of strings");
    GF_ASSIGN(texts.emplace_back(), (*value)[i].string(name));
  }
  return texts;
}

Error RequestOptions::invalid(std::string_view name, std::string_view expected) const {
  const auto option = given_.find(name);
  const std::string got = option == given_.end() ? "nothing" : preview(option->second);
  return fail(ErrorCode::kInvalidArgument, where_, ": ", name, ": expected ", expected, ", got ",
              got);
}

Result<void> RequestOptions::finish() const {
  for (const auto& [name, value] : given_) {
    if (std::ranges::find(known_, name) != known_.end()) continue;
    std::string list;
    for (const std::string& known : known_) list += concat(list.empty() ? "" : ", ", known);
    return fail(ErrorCode::kUnsupported, where_, ": the option \"", name,
                "\" is not supported; it knows ", list);
  }
  return {};
}

}  // namespace glassformer
