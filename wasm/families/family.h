// What a family's loader gets, and the registry that finds the loader for a config's model_type.
#pragma once

#include <memory>
#include <string_view>

#include "families/model.h"
#include "formats/config.h"
#include "formats/weights.h"

namespace glassformer {

struct ModelSource {  // NOLINT(cppcoreguidelines-pro-type-member-init): made whole or not at all
  const ModelConfig& config;
  ConfigFields fields;
  WeightScope weights;
};

/// The head that `architectures` asks for: "<prefix>ForSequenceClassification" or "<prefix>Model",
/// where `prefix` is the family's ("Bert"). Without architectures it is the bare encoder.
/// kUnsupported names any other.
Result<Head> read_head(const ModelConfig& config, std::string_view prefix);

/// Loads the model that config.json describes; kUnsupported names an unknown model_type and lists
/// the known ones.
Result<std::unique_ptr<Model>> load_model(const ModelSource& source);

}  // namespace glassformer
