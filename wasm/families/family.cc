#include "families/family.h"

#include "families/albert.h"
#include "families/bart.h"
#include "families/bert.h"
#include "families/ctrl.h"
#include "families/distilbert.h"
#include "families/dpr.h"
#include "families/electra.h"
#include "families/gpt2.h"
#include "families/mpnet.h"
#include "families/openai_gpt.h"
#include "families/roberta.h"
#include "families/t5.h"

namespace glassformer {

namespace {

struct Family {
  std::string_view model_type;
  ModelResult (*load)(const ModelSource&);
};

constexpr Family kFamilies[] = {
    {"albert", load_albert},
    {"bart", load_bart},
    {"bert", load_bert},
    {"camembert", load_roberta},
    {"ctrl", load_ctrl},
    {"distilbert", load_distilbert},
    {"dpr", load_dpr},
    {"electra", load_electra},
    {"gpt2", load_gpt2},
    {"marian", load_marian},
    {"mbart", load_mbart},
    {"mpnet", load_mpnet},
    {"openai-gpt", load_openai_gpt},
    {"pegasus", load_pegasus},
    {"roberta", load_roberta},
    {"t5", load_t5},
    {"xlm-roberta", load_roberta},
};

}  // namespace

WeightScope ModelSource::body(std::string_view prefix, std::string_view probe) const {
  return weights.contains(concat(prefix, ".", probe)) ? weights.scope(prefix) : weights;
}

Result<Head> read_head(const ModelConfig& config, std::span<const Architecture> architectures) {
  if (config.architectures.empty()) return Head::kNone;
  const std::string& wanted = config.architectures.front();
  std::string known;
  for (const Architecture& architecture : architectures) {
    if (architecture.name == wanted) return architecture.head;
    known += known.empty() ? "" : ", ";
    known += architecture.name;
  }
  return fail(ErrorCode::kUnsupported, "config.json: architecture '", wanted,
              "' is not supported; supported: ", known);
}

ModelResult load_model(const ModelSource& source) {
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
