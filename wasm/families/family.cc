#include "families/family.h"

#include "families/bert.h"
#include "families/distilbert.h"

namespace glassformer {

namespace {

struct Family {
  std::string_view model_type;
  Result<std::unique_ptr<Model>> (*load)(const ModelSource&);
};

constexpr Family kFamilies[] = {
    {"bert", load_bert},
    {"distilbert", load_distilbert},
};

}  // namespace

Result<Head> read_head(const ModelConfig& config, std::string_view prefix) {
  if (config.architectures.empty()) return Head::kNone;
  const std::string& architecture = config.architectures.front();
  const std::string classifier = concat(prefix, "ForSequenceClassification");
  const std::string bare = concat(prefix, "Model");
  if (architecture == classifier) return Head::kSequenceClassification;
  if (architecture == bare) return Head::kNone;
  return fail(ErrorCode::kUnsupported, "config.json: architecture '", architecture,
              "' is not supported; supported: ", classifier, ", ", bare);
}

Result<std::unique_ptr<Model>> load_model(const ModelSource& source) {
  std::string known;
  for (const Family& family : kFamilies) {
    if (family.model_type == source.config.model_type) return family.load(source);
    known += known.empty() ? "" : ", ";
    known += family.model_type;
  }
  return fail(ErrorCode::kUnsupported, "config.json: model_type '", source.config.model_type,
              "' is not supported; supported: ", known);
}

}  // namespace glassformer
