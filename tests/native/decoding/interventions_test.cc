// Generation with a changed model: what the caches keep must not show. Each step has to give what
// one pass over the whole sequence gives with the same changes, and the changes have to be what
// they say: a masked head is one whose part of the output projection is zero, masked tokens at the
// end of a source are tokens that are not there.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "decoding/token_generation.h"
#include "engine/model_loader.h"
#include "formats/safetensors.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

constexpr float kTolerance = 1e-4F;
constexpr auto kSelf = AttentionKind::kSelf, kDecoder = AttentionKind::kDecoder,
               kCross = AttentionKind::kCross;

const TokenSequence kSource = {7, 12, 30, 9, 21, 2};
const TokenSequence kPrompt = {7, 12, 30, 9};
constexpr int32_t kStart = 1;
constexpr size_t kNewTokens = 6;

std::string read_file(std::string_view model, std::string_view name) {
  return testing::read_source_file(concat("tests/golden/models/generation/", model, "/", name));
}

std::unique_ptr<LoadedModel> load(std::string_view model, std::string weights) {
  ModelFiles files = testing::model_files({{"config.json", read_file(model, "config.json")},
                                           {"model.safetensors", std::move(weights)}});
  return load_model_files(files, {}).value();
}

std::unique_ptr<LoadedModel> load(std::string_view model) {
  return load(model, read_file(model, "model.safetensors"));
}

bool is_seq2seq(const Model& model) { return model.head() == Head::kSeq2SeqLm; }

GenerationInput input_of(const Model& model, size_t n_source = kSource.size()) {
  if (!is_seq2seq(model)) return {{}, kPrompt};
  return {{kSource.begin(), kSource.begin() + static_cast<std::ptrdiff_t>(n_source)}, {kStart}};
}

/// With beams the score is the sum too.
GenerationOptions options_with(size_t num_beams) {
  GenerationOptions options;
  options.max_new_tokens = kNewTokens;
  options.num_beams = num_beams;
  options.length_penalty = 0.0F;
  return options;
}

Hypothesis generate(const Model& model, const GenerationInput& input, size_t num_beams,
                    const Interventions* changes) {
  const GenerationOptions options = options_with(num_beams);
  // A second, other text beside it: each has its own rows.
  GenerationInput other = input;
  (other.source.empty() ? other.prompt : other.source)[0] = 15;
  auto generation = TokenGeneration::create(model, options, {other, input}).value();
  Workspace workspace;
  Tracer silent;
  ForwardContext context{workspace, silent, changes};
  while (!generation->is_finished()) generation->step(context);
  return generation->results(1)[0];
}

double log_probability(std::span<const float> logits, int32_t token) {
  const double largest = *std::ranges::max_element(logits);
  double sum = 0;
  for (const float logit : logits) sum += std::exp(logit - largest);
  return logits[static_cast<size_t>(token)] - largest - std::log(sum);
}

/// The sum of the log-probabilities of what follows the prompt, from one pass without caches.
double score_of(const Model& model, const GenerationInput& input, const TokenSequence& ids,
                const Interventions* changes) {
  Workspace workspace;
  Tracer silent;
  ForwardContext context{workspace, silent, changes};
  const Matrix logits = model.forward(
      is_seq2seq(model) ? TokenInput{input.source, {}, ids} : TokenInput{ids}, context);
  double score = 0;
  for (size_t i = input.prompt.size(); i < ids.size(); ++i) {
    score += log_probability(logits.row(i - 1), ids[i]);
  }
  return score;
}

std::vector<Interventions> changes_for(const Model& model) {
  if (!is_seq2seq(model)) {
    return {{.masked_heads = {{kSelf, 1, 0}},
             .masked_tokens = {},
             .replaced = {},
             .skipped_layers = {}},
            {.masked_heads = {}, .masked_tokens = {0, 2}, .replaced = {}, .skipped_layers = {}},
            {{}, {}, {{{kSelf, 0, 1}, 2, {0.9F, 0.0F, 0.1F}}}, {}},
            {{}, {}, {{{kSelf, 1, 0}, 5, {0, 0, 1, 0, 0, 0}}}, {}}};
  }
  return {
      {.masked_heads = {{kSelf, 1, 0}}, .masked_tokens = {}, .replaced = {}, .skipped_layers = {}},
      {.masked_heads = {{kDecoder, 0, 1}, {kCross, 1, 0}},
       .masked_tokens = {},
       .replaced = {},
       .skipped_layers = {}},
      {.masked_heads = {}, .masked_tokens = {0, 3}, .replaced = {}, .skipped_layers = {}},
      {{}, {}, {{{kSelf, 0, 0}, 1, {0, 0, 0, 0, 0, 1}}}, {}},
      {{}, {}, {{{kDecoder, 1, 1}, 2, {0.2F, 0.1F, 0.7F}}}, {}},
      {{}, {}, {{{kCross, 0, 0}, 1, {0, 0, 1, 0, 0, 0}}}, {}}};
}

class GenerationInterventions : public ::testing::TestWithParam<const char*> {};

TEST_P(GenerationInterventions, StepsGiveWhatOnePassGives) {
  const auto loaded = load(GetParam());
  const Model& model = *loaded->model;
  const GenerationInput input = input_of(model);
  const std::vector<Interventions> all = changes_for(model);
  for (size_t i = 0; i < all.size(); ++i) {
    for (const size_t num_beams : {size_t{1}, size_t{3}}) {
      SCOPED_TRACE(concat("change ", i, ", ", num_beams, " beams"));
      const Hypothesis best = generate(model, input, num_beams, &all[i]);
      ASSERT_GT(best.ids.size(), input.prompt.size() + 2);
      const double changed = score_of(model, input, best.ids, &all[i]);
      EXPECT_NEAR(best.score, changed, kTolerance);
      EXPECT_GT(std::abs(changed - score_of(model, input, best.ids, nullptr)), 10 * kTolerance);
    }
  }
}

/// The weights of a model with the part of a head zeroed in its output projection.
struct HeadOutput {
  const char* tensor;  // [d_model, n_heads * d_head]; GPT-2's is turned
  HeadPlace place;
  size_t d_head;
};

std::string without_head(std::string weights, const HeadOutput& output, bool is_turned) {
  const auto tensors = parse_safetensors(testing::as_bytes(weights), "m").value();
  const TensorView& tensor = tensors.at(output.tensor);
  const auto begin = reinterpret_cast<const char*>(tensor.bytes.data()) - weights.data();
  const size_t rows = tensor.shape[0], cols = tensor.shape[1];
  for (size_t i = 0; i < rows * cols; ++i) {
    const size_t in = is_turned ? i / cols : i % cols;
    if (in / output.d_head != output.place.head) continue;
    weights.replace(static_cast<size_t>(begin) + i * sizeof(float), sizeof(float), sizeof(float),
                    '\0');
  }
  return weights;
}

std::vector<HeadOutput> outputs_of(std::string_view model) {
  if (model == "gpt2") return {{"transformer.h.1.attn.c_proj.weight", {kSelf, 1, 1}, 8}};
  if (model == "t5") {
    return {{"encoder.block.0.layer.0.SelfAttention.o.weight", {kSelf, 0, 1}, 6},
            {"decoder.block.1.layer.0.SelfAttention.o.weight", {kDecoder, 1, 0}, 6},
            {"decoder.block.0.layer.1.EncDecAttention.o.weight", {kCross, 0, 1}, 6}};
  }
  return {{"model.encoder.layers.0.self_attn.out_proj.weight", {kSelf, 0, 1}, 8},
          {"model.decoder.layers.1.self_attn.out_proj.weight", {kDecoder, 1, 2}, 4},
          {"model.decoder.layers.0.encoder_attn.out_proj.weight", {kCross, 0, 3}, 4}};
}

TEST_P(GenerationInterventions, AMaskedHeadIsOneWithoutItsOutput) {
  const std::string_view name = GetParam();
  const auto loaded = load(name);
  const GenerationInput input = input_of(*loaded->model);
  for (const HeadOutput& output : outputs_of(name)) {
    SCOPED_TRACE(output.tensor);
    const auto zeroed =
        load(name, without_head(read_file(name, "model.safetensors"), output, name == "gpt2"));
    const Interventions changes{{output.place}, {}, {}, {}};
    for (const size_t num_beams : {size_t{1}, size_t{3}}) {
      const Hypothesis masked = generate(*loaded->model, input, num_beams, &changes);
      const Hypothesis expected = generate(*zeroed->model, input, num_beams, nullptr);
      EXPECT_EQ(masked.ids, expected.ids);
      EXPECT_NEAR(masked.score, expected.score, kTolerance);
      const double plain = score_of(*loaded->model, input, masked.ids, nullptr);
      EXPECT_GT(std::abs(plain - masked.score), 10 * kTolerance);
    }
  }
}

TEST_P(GenerationInterventions, MaskedTokensAtTheEndOfASourceAreNotThere) {
  const auto loaded = load(GetParam());
  const Model& model = *loaded->model;
  if (!is_seq2seq(model)) {
    // A prompt's tokens have places that what follows goes on from: there is no shorter one.
    EXPECT_TRUE(input_of(model).source.empty());
    return;
  }
  const Interventions changes{{}, {4, 5}, {}, {}};
  const Hypothesis masked = generate(model, input_of(model), 3, &changes);
  const Hypothesis expected = generate(model, input_of(model, 4), 3, nullptr);
  EXPECT_EQ(masked.ids, expected.ids);
  EXPECT_NEAR(masked.score, expected.score, kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Models, GenerationInterventions,
                         ::testing::Values("marian", "bart", "t5", "gpt2"));

}  // namespace
}  // namespace glassformer
