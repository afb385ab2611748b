// Texts that share a pass against texts that have one each: the same numbers, in every family and
// for every head.
#include "families/text_batch.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/json.h"
#include "engine/model_loader.h"
#include "support/golden.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

std::string read(std::string_view family, std::string_view file) {
  return testing::read_source_file(concat("tests/golden/models/families/", family, "/", file));
}

/// The config of each head that the family's golden has.
std::vector<std::string> configs_of(std::string_view family) {
  const auto heads = JsonDocument::parse(read(family, "heads.json"), "heads.json");
  std::vector<std::string> configs;
  GF_CHECK(heads.value()
               .root()
               .for_each_member([&configs](const std::string&, JsonValue config) {
                 configs.push_back(config.string("").value());
                 return Result<void>();
               })
               .ok());
  return configs;
}

void expect_near(ConstMatrix expected, ConstMatrix got) {
  ASSERT_EQ(got.rows, expected.rows);
  ASSERT_EQ(got.cols, expected.cols);
  for (size_t i = 0; i < got.rows; ++i) {
    for (size_t j = 0; j < got.cols; ++j) {
      ASSERT_NEAR(got.at(i, j), expected.at(i, j), testing::kTolerance) << i << " " << j;
    }
  }
}

/// Keeps the last hidden states of a pass.
class LastStates : public Tracer {
 public:
  void hidden_states(Stream /*stream*/, size_t /*index*/, ConstMatrix hidden) override {
    states.clear();
    for (size_t i = 0; i < hidden.rows; ++i) {
      states.insert(states.end(), hidden.row(i).begin(), hidden.row(i).end());
    }
    cols = hidden.cols;
  }
  ConstMatrix view() const { return {states.data(), states.size() / cols, cols}; }

  std::vector<float> states;
  size_t cols = 1;
};

class TextBatch : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    cases_ = testing::read_cases(concat("families/", GetParam()));
    cases_.push_back(cases_.front());  // two of one length, one behind the other
    ASSERT_GT(cases_.size(), 2U);
  }

  static std::unique_ptr<LoadedModel> load(std::string config) {
    ModelFiles files =
        testing::model_files({{"config.json", std::move(config)},
                              {"model.safetensors", read(GetParam(), "model.safetensors")}});
    auto loaded = load_model_files(files, {});
    EXPECT_TRUE(testing::succeeded(loaded));
    return std::move(loaded).value();
  }

  std::vector<TokenInput> texts(const ModelShape& shape) const {
    std::vector<TokenInput> inputs;
    for (const auto& c : cases_) {
      TokenInput& input = inputs.emplace_back();
      input.ids = c.ids;
      if (shape.type_vocab_size > 0) input.type_ids = c.type_ids;
    }
    return inputs;
  }

  std::vector<testing::GoldenCase> cases_;
  Workspace workspace_;
  Tracer silent_;
};

class Encoders : public TextBatch {};

TEST_P(Encoders, SharedPassesGiveWhatSinglePassesDo) {
  for (const std::string& config : configs_of(GetParam())) {
    const auto loaded = load(config);
    const Model& model = *loaded->model;
    SCOPED_TRACE(static_cast<int>(model.head()));
    const std::vector<TokenInput> inputs = texts(model.shape());
    LastStates together, alone;
    ForwardContext at_once{workspace_, together}, one_by_one{workspace_, alone};
    const TokenInput packed = pack_texts(inputs, workspace_);
    const Matrix logits = model.forward(packed, at_once);
    for (size_t i = 0, first = 0; i < inputs.size(); ++i) {
      SCOPED_TRACE(i);
      const size_t n = inputs[i].ids.size();
      const Matrix own = model.forward(inputs[i], one_by_one);
      expect_near(alone.view(), together.view().slice(first, n));
      if (model.head() == Head::kSequenceClassification) {
        expect_near(own, logits.slice(i, 1));
      } else if (model.head() != Head::kNone) {
        expect_near(own, logits.slice(first, n));
      }
      first += n;
    }
  }
}

constexpr auto kName = [](const auto& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
};

INSTANTIATE_TEST_SUITE_P(All, Encoders,
                         ::testing::Values("albert", "bert", "camembert", "ctrl", "distilbert",
                                           "dpr-context", "dpr-question", "electra", "gpt2",
                                           "gpt2-scaled", "mpnet", "openai-gpt", "roberta",
                                           "xlm-roberta"),
                         kName);

class Sources : public TextBatch {};

TEST_P(Sources, AreReadTogetherAsAlone) {
  const auto loaded = load(configs_of(GetParam()).front());
  const Model& model = *loaded->model;
  ForwardContext context{workspace_, silent_};
  const std::vector<TokenInput> inputs = texts(model.shape());
  const auto together = model.read_sources(pack_texts(inputs, workspace_), context);
  ASSERT_EQ(together.size(), inputs.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    const auto alone = model.read_sources({inputs[i].ids}, context);
    ASSERT_EQ(together[i].layers.size(), model.shape().n_decoder_layers);
    for (size_t layer = 0; layer < alone[0].layers.size(); ++layer) {
      expect_near(alone[0].layers[layer].keys(), together[i].layers[layer].keys());
      expect_near(alone[0].layers[layer].values(), together[i].layers[layer].values());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Sources,
                         ::testing::Values("bart", "marian", "mbart", "pegasus", "t5", "t5-gated"),
                         kName);

TEST(TextsInPass, AreAsManyAsFit) {
  const std::vector<int32_t> ids(kSharedPassTokens + 1);
  const auto count = [&ids](std::initializer_list<size_t> lengths) {
    std::vector<TokenInput> texts;
    for (const size_t n : lengths) texts.push_back({std::span(ids).first(n)});
    return texts_in_pass(texts);
  };
  EXPECT_EQ(count({3}), 1U);
  EXPECT_EQ(count({kSharedPassTokens + 1, 1}), 1U);
  EXPECT_EQ(count({kSharedPassTokens - 2, 2, 1}), 2U);
  EXPECT_EQ(count({1, kSharedPassTokens, 1}), 1U);
  EXPECT_EQ(count({1, 1, 1, 1}), 4U);
}

}  // namespace
}  // namespace glassformer
