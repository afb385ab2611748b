// How the parts of a tokenizer.json are read: each says its type, and an explicit array says who
// reads that type.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace glassformer {

/// One line of a registry: reads a part that says `type`.
template <class Part>
struct PartReader {
  std::string_view type;
  Result<Part> (*read)(const JsonValue& value);
};

/// "A, B, C", for messages.
template <class Part>
std::string supported_types(std::span<const PartReader<Part>> registry) {
  std::string types;
  for (const auto& reader : registry) {
    if (!types.empty()) types += ", ";
    types += reader.type;
  }
  return types;
}

/// The part of kind `what` ("normalizer") by its type, or kUnsupported that names the type and
/// those that are supported.
template <class Part>
Result<Part> read_part(const JsonValue& value, std::string_view what, std::string_view type,
                       std::span<const PartReader<Part>> registry) {
  for (const auto& reader : registry) {
    if (reader.type == type) return reader.read(value);
  }
  return fail(ErrorCode::kUnsupported, value.document(), ": ", what, " type '", type,
              "' is not supported; supported: ", supported_types(registry));
}

/// The same, with the type that the part itself names.
template <class Part>
Result<Part> read_part(const JsonValue& value, std::string_view what,
                       std::span<const PartReader<Part>> registry) {
  if (!value.is_object()) return value.mismatch(what, "an object");
  GF_ASSIGN(const JsonValue type_field, value.at("type"));
  GF_ASSIGN(const std::string type, type_field.string("type"));
  return read_part(value, what, type, registry);
}

/// An error of the i-th of a list of parts, with its place.
inline Error at_index(const Error& error, std::string_view list, size_t i) {
  return fail(error.code(), error.message(), " (", list, "[", i, "])");
}

/// All parts of a list, each by `read`.
template <class Part>
Result<std::vector<Part>> read_parts(const JsonValue& value, std::string_view key,
                                     Result<Part> (*read)(const JsonValue& value)) {
  GF_ASSIGN(const JsonValue list, value.at(key));
  if (!list.is_array()) return list.mismatch(key, "an array");
  std::vector<Part> parts;
  for (size_t i = 0; i < list.size(); ++i) {
    auto part = read(list[i]);
    if (!part.ok()) return at_index(part.error(), key, i);
    parts.push_back(std::move(part).value());
  }
  return parts;
}

}  // namespace glassformer
