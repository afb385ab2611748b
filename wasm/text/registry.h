// How the parts of a tokenizer.json are read: each says its type, and an explicit array says who
// reads that type.
#pragma once

#include <span>
#include <string>
#include <string_view>

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

}  // namespace glassformer
