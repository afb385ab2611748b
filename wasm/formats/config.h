// config.json, validated: what every family has (ModelConfig) and a reader for what each family
// asks for (ConfigFields). A missing field, a wrong type or a size out of range is an Error that
// names the field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace glassformer {

/// The part of config.json that is the same for all families.
struct ModelConfig {
  std::string model_type;                  // "bert"
  std::vector<std::string> architectures;  // {"BertForSequenceClassification"}
  std::vector<std::string> labels;         // by class index, from id2label or num_labels
  std::string problem_type;  // "multi_label_classification", ...; empty when not given
};

Result<ModelConfig> read_model_config(JsonValue config);

/// Typed access to the fields of one config.
class ConfigFields {
 public:
  explicit ConfigFields(JsonValue config) : config_(config) {}

  /// A positive integer (a dimension or a count).
  Result<size_t> size(std::string_view key) const;
  Result<size_t> size_or(std::string_view key, size_t fallback) const;
  /// An integer of 0 or more.
  Result<size_t> index_or(std::string_view key, size_t fallback) const;
  /// A finite number.
  Result<float> number_or(std::string_view key, float fallback) const;
  Result<std::string> string_or(std::string_view key, std::string_view fallback) const;
  Result<bool> boolean_or(std::string_view key, bool fallback) const;

  /// kUnsupported unless the field is missing or has this value: for variants that a family does
  /// not compute.
  Result<void> require_text(std::string_view key, std::string_view only_value) const;
  Result<void> require_flag(std::string_view key, bool only_value) const;

 private:
  JsonValue config_;
};

}  // namespace glassformer
