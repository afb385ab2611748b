// Fields of the JSON files of tokenisers: those that have to be there, and those that may be
// missing.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"

namespace glassformer {

/// A field that has to be there and be true or false.
inline Result<bool> read_flag(const JsonValue& value, std::string_view key) {
  GF_ASSIGN(const JsonValue field, value.at(key));
  return field.boolean(key);
}

/// A flag that may be missing.
inline Result<bool> read_flag_or(const JsonValue& value, std::string_view key, bool otherwise) {
  const auto field = value.find(key);
  if (!field) return otherwise;
  return field->boolean(key);
}

/// A text that has to be there.
inline Result<std::string> read_string(const JsonValue& value, std::string_view key) {
  GF_ASSIGN(const JsonValue field, value.at(key));
  return field.string(key);
}

/// A text that may be missing.
inline Result<std::string> read_string_or(const JsonValue& value, std::string_view key,
                                          std::string_view otherwise) {
  const auto field = value.find(key);
  if (!field) return std::string(otherwise);
  return field->string(key);
}

}  // namespace glassformer
