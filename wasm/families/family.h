// What a family's loader gets, and the registry that finds the loader for a config's model_type.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "families/model.h"
#include "formats/config.h"
#include "formats/weights.h"

namespace glassformer {

struct ModelSource {
  const ModelConfig& config;
  ConfigFields fields;
  WeightScope weights;  // the checkpoint's root

  /// The part below the head: checkpoints of a model with a head put its names under `prefix`,
  /// those of the bare model do not. `probe` is the name of a tensor that is always there.
  WeightScope body(std::string_view prefix, std::string_view probe) const;
};

using ModelResult = Result<std::unique_ptr<Model>>;

/// An architecture that a family can be asked for.
struct Architecture {
  std::string_view name;
  Head head;
};

/// The head that the config's architecture asks for. Without architectures it is the bare model;
/// kUnsupported names any other and lists those of the family.
Result<Head> read_head(const ModelConfig& config, std::span<const Architecture> architectures);

/// Loads the model that config.json describes; kUnsupported names an unknown model_type and lists
/// the known ones.
ModelResult load_model(const ModelSource& source);

}  // namespace glassformer
