#include "engine/trace_options.h"

#include <cmath>

namespace glassformer {

namespace {

struct NamedKind {
  std::string_view name;
  AttentionKind kind;
};

constexpr NamedKind kKinds[] = {
    {"self", AttentionKind::kSelf},
    {"decoder", AttentionKind::kDecoder},
    {"cross", AttentionKind::kCross},
};

/// A whole number of 0 or more.
std::optional<size_t> as_index(const std::optional<JsonValue>& value) {
  if (!value) return std::nullopt;
  const auto number = value->integer("");
  if (!number.ok() || number.value() < 0) return std::nullopt;
  return static_cast<size_t>(number.value());
}

std::optional<AttentionKind> as_kind(const std::optional<JsonValue>& value) {
  if (!value) return AttentionKind::kSelf;
  const auto name = value->string("");
  for (const NamedKind& entry : kKinds) {
    if (name.ok() && entry.name == name.value()) return entry.kind;
  }
  return std::nullopt;
}

std::optional<JsonValue> element(const JsonValue& array, size_t i) {
  return i < array.size() ? std::optional(array[i]) : std::nullopt;
}

/// Members that no reader knows would pass in silence.
bool has_only(const JsonValue& object, std::span<const std::string_view> known) {
  size_t found = 0;
  for (const std::string_view name : known) found += object.find(name).has_value();
  return object.is_object() && found == object.size();
}

/// A head that the model has, or nothing.
std::optional<HeadPlace> make_place(std::optional<size_t> layer, std::optional<size_t> head,
                                    std::optional<AttentionKind> kind, const ModelShape& shape) {
  if (!layer || !head || !kind) return std::nullopt;
  const bool main = *kind == AttentionKind::kSelf;
  const size_t n_layers = main ? shape.n_layers : shape.n_decoder_layers;
  const size_t n_heads = main ? shape.n_heads : shape.n_decoder_heads;
  if (*layer >= n_layers || *head >= n_heads) return std::nullopt;
  return HeadPlace{*kind, *layer, *head};
}

std::optional<HeadPlace> place_of(const JsonValue& object, const ModelShape& shape) {
  return make_place(as_index(object.find("layer")), as_index(object.find("head")),
                    as_kind(object.find("kind")), shape);
}

std::string heads_of(const ModelShape& shape) {
  std::string text =
      concat("layer 0 to ", shape.n_layers - 1, " and head 0 to ", shape.n_heads - 1);
  if (shape.n_decoder_layers == 0) return text;
  return concat(text, " (of the decoder's: layer 0 to ", shape.n_decoder_layers - 1,
                " and head 0 to ", shape.n_decoder_heads - 1, ")");
}

Result<std::vector<HeadPlace>> read_masked_heads(RequestOptions& options, const ModelShape& shape) {
  std::vector<HeadPlace> heads;
  const auto value = options.find("mask_heads");
  if (!value) return heads;
  const auto wrong = [&] {
    return options.invalid("mask_heads", concat("[[layer, head], ...] with ", heads_of(shape)));
  };
  if (!value->is_array()) return wrong();
  for (size_t i = 0; i < value->size(); ++i) {
    const JsonValue entry = (*value)[i];
    if (!entry.is_array() || entry.size() > 3) return wrong();
    const auto place = make_place(as_index(element(entry, 0)), as_index(element(entry, 1)),
                                  as_kind(element(entry, 2)), shape);
    if (!place) return wrong();
    heads.push_back(*place);
  }
  return heads;
}

Result<std::vector<size_t>> read_masked_tokens(RequestOptions& options) {
  std::vector<size_t> tokens;
  const auto value = options.find("mask_tokens");
  for (size_t i = 0; value && i < value->size(); ++i) {
    const auto token = value->is_array() ? as_index((*value)[i]) : std::nullopt;
    if (!token) return options.invalid("mask_tokens", "an array of tokens' positions");
    tokens.push_back(*token);
  }
  if (value && !value->is_array()) {
    return options.invalid("mask_tokens", "an array of tokens' positions");
  }
  return tokens;
}

/// Layers of the stack below the head.
Result<std::vector<size_t>> read_skipped_layers(RequestOptions& options, const ModelShape& shape) {
  const size_t n_layers = shape.n_decoder_layers > 0 ? shape.n_decoder_layers : shape.n_layers;
  std::vector<size_t> layers;
  const auto value = options.find("skip_layers");
  if (!value) return layers;
  const auto wrong = [&] {
    return options.invalid("skip_layers", concat("an array of layers from 0 to ", n_layers - 1));
  };
  if (!value->is_array()) return wrong();
  for (size_t i = 0; i < value->size(); ++i) {
    const auto layer = as_index((*value)[i]);
    if (!layer || *layer >= n_layers) return wrong();
    layers.push_back(*layer);
  }
  return layers;
}

/// Finite numbers, or nothing.
std::optional<std::vector<float>> as_weights(const std::optional<JsonValue>& value) {
  if (!value || !value->is_array()) return std::nullopt;
  std::vector<float> weights;
  for (size_t i = 0; i < value->size(); ++i) {
    const auto weight = (*value)[i].number("");
    if (!weight.ok() || !std::isfinite(static_cast<float>(weight.value()))) return std::nullopt;
    weights.push_back(static_cast<float>(weight.value()));
  }
  return weights;
}

Result<std::vector<ReplacedAttention>> read_replaced(RequestOptions& options,
                                                     const ModelShape& shape) {
  constexpr std::string_view kMembers[] = {"layer", "head", "kind", "query", "weights"};
  std::vector<ReplacedAttention> replaced;
  const auto value = options.find("replace_attention");
  if (!value) return replaced;
  const auto wrong = [&] {
    return options.invalid(
        "replace_attention",
        concat(R"([{"layer", "head", "query", "weights"}, ...] with )", heads_of(shape)));
  };
  if (!value->is_array()) return wrong();
  for (size_t i = 0; i < value->size(); ++i) {
    const JsonValue entry = (*value)[i];
    const auto place = place_of(entry, shape);
    const auto query = as_index(entry.find("query"));
    auto weights = as_weights(entry.find("weights"));
    if (!place || !query || !weights || !has_only(entry, kMembers)) return wrong();
    replaced.push_back({*place, *query, std::move(*weights)});
  }
  return replaced;
}

Result<std::optional<HeadPlace>> read_inspected(RequestOptions& options, const ModelShape& shape) {
  constexpr std::string_view kMembers[] = {"layer", "head", "kind"};
  const auto value = options.find("inspect");
  if (!value) return std::optional<HeadPlace>();
  const auto place = place_of(*value, shape);
  if (place && has_only(*value, kMembers)) return place;
  return options.invalid("inspect", concat(R"({"layer", "head"} with )", heads_of(shape)));
}

}  // namespace

Result<RecorderOptions> read_trace_options(RequestOptions& options, const ModelShape& shape) {
  RecorderOptions trace;
  GF_ASSIGN(trace.attentions, options.flag_or("output_attentions", false));
  GF_ASSIGN(trace.hidden_states, options.flag_or("output_hidden_states", false));
  GF_ASSIGN(trace.inspected, read_inspected(options, shape));
  return trace;
}

Result<Interventions> read_interventions(RequestOptions& options, const ModelShape& shape) {
  Interventions interventions;
  GF_ASSIGN(interventions.masked_heads, read_masked_heads(options, shape));
  GF_ASSIGN(interventions.masked_tokens, read_masked_tokens(options));
  GF_ASSIGN(interventions.replaced, read_replaced(options, shape));
  GF_ASSIGN(interventions.skipped_layers, read_skipped_layers(options, shape));
  return interventions;
}

Result<void> check_inspected(const std::optional<HeadPlace>& inspected,
                             const Interventions& interventions, const ModelShape& shape) {
  if (!inspected) return {};
  const bool can_be_skipped =
      shape.n_decoder_layers == 0 || inspected->kind != AttentionKind::kSelf;
  if (!can_be_skipped || !skips(interventions, inspected->layer)) return {};
  return fail(ErrorCode::kInvalidArgument, "inspect: layer ", inspected->layer,
              " is skipped: there is nothing to see");
}

bool is_empty(const Interventions& interventions) {
  return interventions.masked_heads.empty() && interventions.masked_tokens.empty() &&
         interventions.replaced.empty() && interventions.skipped_layers.empty();
}

void add_inspected(const InspectedHead& inspected, NamedTensors& tensors) {
  if (inspected.q.data.empty()) return;
  tensors["inspect.q"] = inspected.q;
  tensors["inspect.k"] = inspected.k;
  tensors["inspect.v"] = inspected.v;
  tensors["inspect.scores"] = inspected.scores;
  tensors["inspect.probs"] = inspected.probs;
  tensors["inspect.hidden"] = inspected.hidden;
}

}  // namespace glassformer
