// JSON as the engine reads it: a parsed document and views of its values, every access checked; and
// the few functions that write it.
// Wraps the JSON library, so that nothing else depends on it. A message names the document and the
// field: "config.json: 'hidden_size': expected an integer, got a string".
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace glassformer {

/// A view of one value; valid while its JsonDocument lives.
class JsonValue {
 public:
  bool is_null() const;
  bool is_boolean() const;
  bool is_number() const;
  bool is_string() const;
  bool is_array() const;
  bool is_object() const;

  /// Elements of an array or members of an object; 0 for anything else.
  size_t size() const;

  /// Element i of an array, i < size().
  JsonValue operator[](size_t i) const;

  /// A member of an object; nothing when it is missing, null, or this is no object.
  std::optional<JsonValue> find(std::string_view key) const;

  /// A member of an object that has to be there.
  Result<JsonValue> at(std::string_view key) const;

  /// The value itself, or kInvalidFormat that names `what`.
  Result<std::string> string(std::string_view what) const;
  Result<int64_t> integer(std::string_view what) const;
  Result<double> number(std::string_view what) const;
  Result<bool> boolean(std::string_view what) const;

  /// Members of an object, sorted by key; stops at, and returns, the first failure.
  Result<void> for_each_member(
      const std::function<Result<void>(const std::string& key, JsonValue value)>& visit) const;

  /// The value as compact JSON.
  std::string text() const;

  /// kInvalidFormat: "<document>: '<what>': expected <expected>, got <kind of value>".
  Error mismatch(std::string_view what, std::string_view expected) const;

  /// The name under which the document was parsed.
  const std::string& document() const { return *document_; }

 private:
  friend class JsonDocument;
  JsonValue(const void* node, const std::string* document) : node_(node), document_(document) {}

  const void* node_;
  const std::string* document_;
};

class JsonDocument {
 public:
  /// Parses UTF-8 JSON; `name` is what messages call it ("config.json").
  static Result<JsonDocument> parse(std::string_view text, std::string name);

  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  JsonValue root() const;

 private:
  struct Tree;
  explicit JsonDocument(std::unique_ptr<Tree> tree);
  std::unique_ptr<Tree> tree_;
};

/// A JSON string literal with quotes; ill-formed UTF-8 becomes U+FFFD.
std::string json_quote(std::string_view text);

/// The shortest JSON number that reads back as the same double; null for NaN and infinities.
std::string json_number(double number);
template <std::integral Integer>
std::string json_number(Integer number) {
  return std::to_string(number);
}

struct JsonMember {
  std::string_view key;
  std::string value;  // JSON
};

/// {"key":value,...}
std::string json_object(std::initializer_list<JsonMember> members);

/// [a,b,...] of the JSON that `render` makes of each element.
template <class Range, class Render>
std::string json_array(const Range& range, Render render) {
  std::string out = "[";
  for (const auto& element : range) {
    if (out.size() > 1) out += ',';
    out += render(element);
  }
  return out + "]";
}

}  // namespace glassformer
