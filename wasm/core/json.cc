#include "core/json.h"

#include <nlohmann/json.hpp>

namespace glassformer {

namespace {

// Objects are sorted maps: looking a member up is logarithmic, whatever the size of a hostile
// document.
using Node = nlohmann::json;

const Node& node_of(const void* node) { return *static_cast<const Node*>(node); }

/// Deeper nesting than any real model file has; bounds the work on a hostile one.
constexpr int kMaxDepth = 64;

std::string dump(const Node& node) {
  constexpr int kCompact = -1;
  return node.dump(kCompact, ' ', /*ensure_ascii=*/false, Node::error_handler_t::replace);
}

}  // namespace

struct JsonDocument::Tree {
  Node root;
  std::string name;
};

bool JsonValue::is_null() const { return node_of(node_).is_null(); }
bool JsonValue::is_boolean() const { return node_of(node_).is_boolean(); }
bool JsonValue::is_number() const { return node_of(node_).is_number(); }
bool JsonValue::is_string() const { return node_of(node_).is_string(); }
bool JsonValue::is_array() const { return node_of(node_).is_array(); }
bool JsonValue::is_object() const { return node_of(node_).is_object(); }

size_t JsonValue::size() const { return is_array() || is_object() ? node_of(node_).size() : 0; }

JsonValue JsonValue::operator[](size_t i) const {
  GF_CHECK(is_array() && i < size());
  return {&node_of(node_)[i], document_};
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
  if (!is_object()) return std::nullopt;
  const auto member = node_of(node_).find(key);
  if (member == node_of(node_).end() || member->is_null()) return std::nullopt;
  return JsonValue{&*member, document_};
}

Result<JsonValue> JsonValue::at(std::string_view key) const {
  if (!is_object()) return mismatch(key, "to be a field of an object");
  const auto member = find(key);
  if (!member) return fail(ErrorCode::kNotFound, *document_, ": field '", key, "' is missing");
  return *member;
}

Result<std::string> JsonValue::string(std::string_view what) const {
  if (!is_string()) return mismatch(what, "a string");
  return node_of(node_).get<std::string>();
}

Result<int64_t> JsonValue::integer(std::string_view what) const {
  if (!node_of(node_).is_number_integer()) return mismatch(what, "an integer");
  return node_of(node_).get<int64_t>();
}

Result<double> JsonValue::number(std::string_view what) const {
  if (!is_number()) return mismatch(what, "a number");
  return node_of(node_).get<double>();
}

Result<bool> JsonValue::boolean(std::string_view what) const {
  if (!is_boolean()) return mismatch(what, "true or false");
  return node_of(node_).get<bool>();
}

Result<void> JsonValue::for_each_member(
    const std::function<Result<void>(const std::string& key, JsonValue value)>& visit) const {
  if (!is_object()) return {};
  for (const auto& [key, value] : node_of(node_).items()) {
    GF_TRY(visit(key, JsonValue{&value, document_}));
  }
  return {};
}

Error JsonValue::mismatch(std::string_view what, std::string_view expected) const {
  return fail(ErrorCode::kInvalidFormat, *document_, ": '", what, "': expected ", expected,
              ", got ", std::string_view(node_of(node_).type_name()));
}

std::string JsonValue::text() const { return dump(node_of(node_)); }

JsonDocument::JsonDocument(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(std::string_view text, std::string name) {
  bool too_deep = false;
  const auto watch_depth = [&too_deep](int depth, Node::parse_event_t, Node&) {
    too_deep |= depth > kMaxDepth;
    return !too_deep;
  };
  auto tree = std::make_unique<Tree>(
      Tree{Node::parse(text, watch_depth, /*allow_exceptions=*/false), std::move(name)});
  if (too_deep) {
    return fail(ErrorCode::kInvalidFormat, tree->name, ": nested deeper than ", kMaxDepth,
                " levels");
  }
  if (tree->root.is_discarded()) {
    return fail(ErrorCode::kInvalidFormat, tree->name, ": not valid JSON (", text.size(),
                " bytes)");
  }
  return JsonDocument(std::move(tree));
}

JsonValue JsonDocument::root() const { return {&tree_->root, &tree_->name}; }

std::string json_quote(std::string_view text) { return dump(Node(text)); }

std::string json_number(double number) { return dump(Node(number)); }

std::string json_object(std::initializer_list<JsonMember> members) {
  std::string out = "{";
  for (const JsonMember& member : members) {
    if (out.size() > 1) out += ',';
    out += concat(json_quote(member.key), ":", member.value);
  }
  return out + "}";
}

}  // namespace glassformer
