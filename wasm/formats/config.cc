#include "formats/config.h"

#include <charconv>
#include <cmath>

namespace glassformer {

namespace {

/// Larger than any dimension of a real model, small enough that a product of three does not
/// overflow 64 bits.
constexpr int64_t kMaxSize = int64_t{1} << 20;

/// transformers' PretrainedConfig: two labels unless the config says otherwise.
constexpr size_t kDefaultLabelCount = 2;

Result<std::vector<std::string>> read_strings(JsonValue array, std::string_view what) {
  if (!array.is_array()) return array.mismatch(what, "an array of strings");
  std::vector<std::string> strings;
  for (size_t i = 0; i < array.size(); ++i) {
    GF_ASSIGN(std::string text, array[i].string(what));
    strings.push_back(std::move(text));
  }
  return strings;
}

/// id2label maps "0", "1", ... to names, in any order; every index below its size has to be there.
Result<std::vector<std::string>> read_id2label(JsonValue id2label) {
  if (!id2label.is_object()) return id2label.mismatch("id2label", "an object");
  std::vector<std::string> labels(id2label.size());
  GF_TRY(id2label.for_each_member([&](const std::string& key, JsonValue value) -> Result<void> {
    size_t id = 0;
    const auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (problem != std::errc() || end != key.data() + key.size() || id >= labels.size()) {
      return fail(ErrorCode::kInvalidFormat, id2label.document(),
                  ": 'id2label': expected keys 0 to ", labels.size() - 1, ", got '", key, "'");
    }
    GF_ASSIGN(labels[id], value.string("id2label"));
    return {};
  }));
  return labels;
}

Result<std::vector<std::string>> read_labels(JsonValue config) {
  if (const auto id2label = config.find("id2label")) return read_id2label(*id2label);
  GF_ASSIGN(const size_t count, ConfigFields(config).size_or("num_labels", kDefaultLabelCount));
  std::vector<std::string> labels;
  for (size_t i = 0; i < count; ++i) labels.push_back(concat("LABEL_", i));
  return labels;
}

Result<size_t> read_integer(JsonValue field, std::string_view key, int64_t smallest) {
  GF_ASSIGN(const int64_t value, field.integer(key));
  if (value >= smallest && value <= kMaxSize) return static_cast<size_t>(value);
  return fail(ErrorCode::kInvalidFormat, field.document(), ": '", key, "': expected ", smallest,
              " to ", kMaxSize, ", got ", value);
}

}  // namespace

Result<ModelConfig> read_model_config(JsonValue config) {
  if (!config.is_object()) return config.mismatch("config", "an object");
  ModelConfig model;
  GF_ASSIGN(const JsonValue model_type, config.at("model_type"));
  GF_ASSIGN(model.model_type, model_type.string("model_type"));
  if (const auto architectures = config.find("architectures")) {
    GF_ASSIGN(model.architectures, read_strings(*architectures, "architectures"));
  }
  GF_ASSIGN(model.labels, read_labels(config));
  GF_ASSIGN(model.problem_type, ConfigFields(config).string_or("problem_type", ""));
  return model;
}

Result<size_t> ConfigFields::size(std::string_view key) const {
  GF_ASSIGN(const JsonValue field, config_.at(key));
  return read_integer(field, key, 1);
}

Result<size_t> ConfigFields::index_or(std::string_view key, size_t fallback) const {
  const auto field = config_.find(key);
  if (!field) return fallback;
  return read_integer(*field, key, 0);
}

Result<size_t> ConfigFields::size_or(std::string_view key, size_t fallback) const {
  if (!config_.find(key)) return fallback;
  return size(key);
}

Result<float> ConfigFields::number_or(std::string_view key, float fallback) const {
  const auto field = config_.find(key);
  if (!field) return fallback;
  GF_ASSIGN(const double value, field->number(key));
  if (!std::isfinite(value)) return field->mismatch(key, "a finite number");
  return static_cast<float>(value);
}

Result<std::string> ConfigFields::string_or(std::string_view key, std::string_view fallback) const {
  const auto field = config_.find(key);
  if (!field) return std::string(fallback);
  return field->string(key);
}

Result<bool> ConfigFields::boolean_or(std::string_view key, bool fallback) const {
  const auto field = config_.find(key);
  if (!field) return fallback;
  return field->boolean(key);
}

Result<void> ConfigFields::require_text(std::string_view key, std::string_view only_value) const {
  GF_ASSIGN(const std::string value, string_or(key, only_value));
  if (value == only_value) return {};
  return fail(ErrorCode::kUnsupported, config_.document(), ": '", key, "' = '", value,
              "' is not supported; supported: '", only_value, "'");
}

Result<void> ConfigFields::require_flag(std::string_view key, bool only_value) const {
  GF_ASSIGN(const bool value, boolean_or(key, only_value));
  if (value == only_value) return {};
  return fail(ErrorCode::kUnsupported, config_.document(), ": '", key,
              "' = ", value ? "true" : "false", " is not supported");
}

}  // namespace glassformer
