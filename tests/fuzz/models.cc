#include "fuzz/models.h"

#include <string>

#include "core/check.h"
#include "engine/engine.h"
#include "formats/safetensors.h"
#include "support/test_files.h"

namespace glassformer::fuzz {

namespace {

/// Weights that a config may fit: one of each family, and the kinds of files.
constexpr std::string_view kWeights[] = {
    "bert-classification-int8",
    "distilbert-classification",
    "families/albert",
    "families/bart",
    "families/bert",
    "families/ctrl",
    "families/gpt2",
    "families/marian",
    "families/mpnet",
    "families/openai-gpt",
    "families/pegasus",
    "families/roberta",
    "families/t5",
    "families/t5-gated",
};

std::string weights_of(uint8_t choice) {
  const std::string_view model = kWeights[choice % std::size(kWeights)];
  return testing::read_source_file(concat("tests/golden/models/", model, "/model.safetensors"));
}

}  // namespace

void read_safetensors(std::string_view bytes) {
  const auto file = testing::as_bytes(bytes);
  const auto tensors = parse_safetensors(file, "model.safetensors");
  if (!tensors.ok()) return;
  for (const auto& [name, tensor] : tensors.value()) {
    GF_CHECK(tensor.bytes.empty() || tensor.bytes.data() >= file.data());
    GF_CHECK(tensor.bytes.empty() || &tensor.bytes.back() <= &file.back());
  }
}

void read_config(std::string_view bytes) {
  if (bytes.empty()) return;
  Engine engine;
  const ModelHandle model =
      testing::add_model(engine, {{"config.json", std::string(bytes.substr(1))},
                                  {"model.safetensors", weights_of(static_cast<uint8_t>(bytes[0]))},
                                  {"tokenizer.json", testing::letter_tokenizer('f')}});
  if (!engine.load_model(model, {}).ok()) return;
  constexpr int32_t kIds[] = {2, 5, 6, 3}, kDecoderIds[] = {0, 4};
  for (const TokenInput& input : {TokenInput{kIds}, TokenInput{kIds, {}, kDecoderIds}}) {
    const auto output = engine.forward(model, input);
    GF_CHECK(output.ok() || !output.error().message().empty());
  }
}

}  // namespace glassformer::fuzz
