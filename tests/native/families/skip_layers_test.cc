// Layers that are left out. Without its last layers a model is one whose config has so many fewer;
// without its first one it is that model with the layers' names exchanged.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/json.h"
#include "decoding/token_generation.h"
#include "engine/model_loader.h"
#include "support/golden.h"
#include "support/matchers.h"
#include "support/test_files.h"
#include "trace/recorder.h"

namespace glassformer {
namespace {

/// A tiny model, and what its files call its layers.
struct Subject {
  const char* folder;
  const char* config_field;  // how many layers there are
  /// What comes before a layer's number; null where the layers share something, so that they cannot
  /// change places.
  const char* layers;
};

std::string read(const Subject& subject, std::string_view file) {
  return testing::read_source_file(concat("tests/golden/models/", subject.folder, "/", file));
}

/// The goldens of families have a config for each head: the first one.
std::string read_config(const Subject& subject) {
  if (!std::string_view(subject.folder).starts_with("families/")) {
    return read(subject, "config.json");
  }
  const auto heads = JsonDocument::parse(read(subject, "heads.json"), "heads.json");
  std::string first;
  GF_CHECK(heads.value()
               .root()
               .for_each_member([&first](const std::string&, JsonValue config) {
                 if (first.empty()) first = config.string("").value();
                 return Result<void>();
               })
               .ok());
  return first;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string with_layers(std::string config, std::string_view field, size_t count) {
  const std::string name = concat("\"", field, "\": ");
  const size_t at = config.find(name);
  GF_CHECK(at != std::string::npos);
  return config.replace(at + name.size(), 1, concat(count));
}

/// Layer 0 is called 1, and layer 1 is called 0; the tensors stay where they are.
std::string with_layers_exchanged(std::string weights, const Subject& subject) {
  const std::string first = concat(subject.layers, "0."), second = concat(subject.layers, "1."),
                    neither = concat(subject.layers, "#.");
  replace_all(weights, first, neither);
  replace_all(weights, second, first);
  replace_all(weights, neither, second);
  return weights;
}

std::unique_ptr<LoadedModel> load(std::string config, std::string weights) {
  ModelFiles files = testing::model_files(
      {{"config.json", std::move(config)}, {"model.safetensors", std::move(weights)}});
  auto loaded = load_model_files(files, {});
  EXPECT_TRUE(testing::succeeded(loaded));
  return std::move(loaded).value();
}

class SkippedLayers : public ::testing::TestWithParam<Subject> {
 protected:
  std::unique_ptr<LoadedModel> whole() const {
    return load(read_config(GetParam()), read(GetParam(), "model.safetensors"));
  }
  std::unique_ptr<LoadedModel> shorter(size_t n_layers) const {
    return load(with_layers(read_config(GetParam()), GetParam().config_field, n_layers),
                read(GetParam(), "model.safetensors"));
  }
  std::unique_ptr<LoadedModel> only_second() const {
    return load(with_layers(read_config(GetParam()), GetParam().config_field, 1),
                with_layers_exchanged(read(GetParam(), "model.safetensors"), GetParam()));
  }
};

bool is_seq2seq(const Model& model) { return model.shape().n_decoder_layers > 0; }

/// Of the stack whose layers can be skipped.
size_t n_layers_of(const Model& model) {
  return is_seq2seq(model) ? model.shape().n_decoder_layers : model.shape().n_layers;
}

const TokenSequence kTokens = {7, 12, 30, 9, 21, 2};
constexpr int32_t kStart = 1;

/// The logits, or of a bare model the last hidden states.
std::vector<float> answer_of(const Model& model, const Interventions* changes) {
  const RecorderOptions traced{.attentions = false, .hidden_states = true};
  const ModelShape& shape = model.shape();
  Recorder recorder(traced,
                    {shape.n_layers, shape.n_heads, shape.n_decoder_layers, shape.n_decoder_heads});
  Workspace workspace;
  ForwardContext context{workspace, recorder, changes};
  const TokenSequence decoder_ids = {kStart, 5, 6};
  const Matrix logits = model.forward(
      is_seq2seq(model) ? TokenInput{kTokens, {}, decoder_ids} : TokenInput{kTokens}, context);
  std::vector<float> answer;
  for (size_t i = 0; i < logits.rows; ++i) {
    answer.insert(answer.end(), logits.row(i).begin(), logits.row(i).end());
  }
  if (!answer.empty()) return answer;
  const TraceTensor& states = recorder.all_hidden_states(Stream::kMain);
  const auto last = static_cast<std::ptrdiff_t>(states.data.size() / states.shape[0]);
  return {states.data.end() - last, states.data.end()};
}

Interventions without(std::vector<size_t> layers) {
  return {
      .masked_heads = {}, .masked_tokens = {}, .replaced = {}, .skipped_layers = std::move(layers)};
}

void expect_near(const std::vector<float>& expected, const std::vector<float>& got) {
  ASSERT_EQ(got.size(), expected.size());
  ASSERT_FALSE(got.empty());
  for (size_t i = 0; i < got.size(); ++i) ASSERT_NEAR(got[i], expected[i], testing::kTolerance);
}

float difference(const std::vector<float>& a, const std::vector<float>& b) {
  float most = 0;
  for (size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

TEST_P(SkippedLayers, TheLastOneIsAConfigWithOneLess) {
  const auto model = whole();
  const size_t n_less = n_layers_of(*model->model) - 1;
  const Interventions last = without({n_less});
  const std::vector<float> got = answer_of(*model->model, &last);
  expect_near(answer_of(*shorter(n_less)->model, nullptr), got);
  EXPECT_GT(difference(got, answer_of(*model->model, nullptr)), 10 * testing::kTolerance);
}

TEST_P(SkippedLayers, TheFirstOneIsAModelOfTheSecond) {
  const Interventions first = without({0});
  const auto model = whole();
  const std::vector<float> got = answer_of(*model->model, &first);
  EXPECT_GT(difference(got, answer_of(*model->model, nullptr)), 10 * testing::kTolerance);
  if (GetParam().layers) expect_near(answer_of(*only_second()->model, nullptr), got);
}

TEST_P(SkippedLayers, AllOfThemLeaveTheEmbeddings) {
  const auto model = whole();
  Interventions all = without({0});  // twice: it is skipped once
  for (size_t i = 0; i < n_layers_of(*model->model); ++i) all.skipped_layers.push_back(i);
  const ModelShape& shape = model->model->shape();
  Recorder recorder({.attentions = true, .hidden_states = true},
                    {shape.n_layers, shape.n_heads, shape.n_decoder_layers, shape.n_decoder_heads});
  Workspace workspace;
  ForwardContext context{workspace, recorder, &all};
  const TokenSequence decoder_ids = {kStart, 5, 6};
  const bool seq2seq = is_seq2seq(*model->model);
  model->model->forward(seq2seq ? TokenInput{kTokens, {}, decoder_ids} : TokenInput{kTokens},
                        context);
  const TraceTensor& states =
      recorder.all_hidden_states(seq2seq ? Stream::kDecoder : Stream::kMain);
  const size_t size = states.shape[1] * states.shape[2];
  for (size_t i = 0; i < size; ++i) EXPECT_EQ(states.data[i], states.data[size + i]);
  const size_t n = seq2seq ? decoder_ids.size() : kTokens.size();
  const TraceTensor& own =
      recorder.attentions(seq2seq ? AttentionKind::kDecoder : AttentionKind::kSelf);
  const size_t n_heads = seq2seq ? shape.n_decoder_heads : shape.n_heads;
  EXPECT_EQ(own.shape, (std::vector<size_t>{n_layers_of(*model->model), n_heads, n, n}));
  EXPECT_EQ(std::ranges::count(own.data, 0.0F), static_cast<std::ptrdiff_t>(own.data.size()));
  if (!seq2seq) return;
  EXPECT_EQ(recorder.attentions(AttentionKind::kCross).shape,
            (std::vector<size_t>{2, n_heads, n, kTokens.size()}));
  EXPECT_GT(*std::ranges::max_element(recorder.attentions(AttentionKind::kSelf).data), 0.0F);
}

constexpr Subject kSubjects[] = {
    {"bert-classification", "num_hidden_layers", "encoder.layer."},
    {"distilbert-classification", "n_layers", "transformer.layer."},
    {"families/albert", "num_hidden_layers", nullptr},  // its layers share their weights
    {"families/roberta", "num_hidden_layers", "encoder.layer."},
    {"families/electra", "num_hidden_layers", "encoder.layer."},
    {"families/mpnet", "num_hidden_layers", "encoder.layer."},
    {"families/openai-gpt", "n_layer", ".h."},
    {"families/ctrl", "n_layer", ".h."},
    {"generation/marian", "decoder_layers", "decoder.layers."},
    {"generation/bart", "decoder_layers", "decoder.layers."},
    {"generation/t5", "num_decoder_layers", nullptr},  // the first has the positions of all
    {"generation/gpt2", "n_layer", ".h."},
};

std::string name_of(const Subject& subject) {
  const std::string_view folder = subject.folder;
  std::string name(folder.substr(folder.find('/') + 1));
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Families, SkippedLayers, ::testing::ValuesIn(kSubjects),
                         [](const auto& info) { return name_of(info.param); });

/// Generation, whose caches know nothing of the layers that are skipped.
class GenerationWithoutLayers : public SkippedLayers {
 protected:
  static Hypothesis generate(const Model& model, size_t num_beams, const Interventions* changes) {
    constexpr size_t kNewTokens = 6;
    GenerationOptions options;
    options.max_new_tokens = kNewTokens;
    options.num_beams = num_beams;
    const GenerationInput input = is_seq2seq(model) ? GenerationInput{kTokens, {kStart}}
                                                    : GenerationInput{{}, {7, 12, 30, 9}};
    auto generation = TokenGeneration::create(model, options, {input}).value();
    Workspace workspace;
    Tracer silent;
    ForwardContext context{workspace, silent, changes};
    while (!generation->is_finished()) generation->step(context);
    return generation->results(0)[0];
  }

  static void expect_same(const Hypothesis& expected, const Hypothesis& got) {
    EXPECT_EQ(got.ids, expected.ids);
    EXPECT_NEAR(got.score, expected.score, testing::kTolerance);
  }
};

TEST_P(GenerationWithoutLayers, WritesWhatAShorterModelWrites) {
  const auto model = whole(), one_less = shorter(1);
  const Interventions last = without({1});
  for (const size_t num_beams : {size_t{1}, size_t{3}}) {
    SCOPED_TRACE(num_beams);
    const Hypothesis got = generate(*model->model, num_beams, &last);
    expect_same(generate(*one_less->model, num_beams, nullptr), got);
    EXPECT_NE(got.score, generate(*model->model, num_beams, nullptr).score);
  }
}

TEST_P(GenerationWithoutLayers, WritesWithoutTheFirstToo) {
  const auto model = whole();
  const Interventions first = without({0});
  const Hypothesis got = generate(*model->model, 3, &first);
  EXPECT_NE(got.score, generate(*model->model, 3, nullptr).score);
  if (GetParam().layers) expect_same(generate(*only_second()->model, 3, nullptr), got);
}

INSTANTIATE_TEST_SUITE_P(Families, GenerationWithoutLayers,
                         ::testing::ValuesIn(std::begin(kSubjects) + 8, std::end(kSubjects)),
                         [](const auto& info) { return name_of(info.param); });

}  // namespace
}  // namespace glassformer
