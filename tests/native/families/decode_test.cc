// Reading a sequence in steps, with caches, against reading it at once: the same logits.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "core/json.h"
#include "engine/model_loader.h"
#include "support/golden.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using Row = std::vector<float>;

std::string path_of(std::string_view family, std::string_view file) {
  return concat("tests/golden/models/families/", family, "/", file);
}

/// The config of the head that generates.
std::string generative_config(std::string_view family) {
  const auto heads =
      JsonDocument::parse(testing::read_source_file(path_of(family, "heads.json")), "heads.json");
  std::string found;
  GF_CHECK(heads.value()
               .root()
               .for_each_member([&found](const std::string& name, JsonValue config) {
                 const bool generates = name.ends_with("ForConditionalGeneration") ||
                                        name.ends_with("LMHeadModel") ||
                                        name.ends_with("MarianMTModel");
                 if (generates) found = config.string(name).value();
                 return Result<void>();
               })
               .ok());
  return found;
}

/// Keeps the last row of every head's attention: that of the newest token.
class LastRows : public Tracer {
 public:
  bool wants_attention() const override { return true; }
  void attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) override {
    const auto row = probs.row(probs.rows - 1);
    rows[concat(static_cast<int>(kind), " ", layer, " ", head)].assign(row.begin(), row.end());
  }
  std::map<std::string, Row> rows;
};

class Decode : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    ModelFiles files = testing::model_files({
        {"config.json", generative_config(GetParam())},
        {"model.safetensors", testing::read_source_file(path_of(GetParam(), "model.safetensors"))},
    });
    auto loaded = load_model_files(files, {});
    ASSERT_TRUE(testing::succeeded(loaded));
    loaded_ = std::move(loaded).value();
    cases_ = testing::read_cases(concat("families/", GetParam()));
    for (const auto& c : cases_) {
      sources_.push_back(std::move(model().read_sources({c.ids}, context_)[0]));
    }
  }

  const Model& model() const { return *loaded_->model; }
  bool is_seq2seq() const { return model().shape().n_decoder_layers > 0; }

  /// What the decoder of case i reads.
  std::span<const int32_t> tokens(size_t i) const {
    return is_seq2seq() ? cases_[i].decoder_ids : cases_[i].ids;
  }

  /// The logits of the whole sequence of case i at once, one row per token.
  std::vector<Row> at_once(size_t i) {
    const Workspace::Scope scope(workspace_);
    const TokenInput input{cases_[i].ids, {}, cases_[i].decoder_ids};
    return rows_of(model().forward(input, context_));
  }

  std::vector<Row> decode(const std::vector<DecoderInput>& inputs) {
    const Workspace::Scope scope(workspace_);
    return rows_of(model().decode(inputs, context_));
  }

  DecoderInput input(size_t i, SequenceCache& cache, size_t first, size_t count) const {
    return {tokens(i).subspan(first, count), &cache, is_seq2seq() ? &sources_[i] : nullptr};
  }

  static std::vector<Row> rows_of(ConstMatrix matrix) {
    std::vector<Row> rows;
    for (size_t i = 0; i < matrix.rows; ++i) {
      rows.emplace_back(matrix.row(i).begin(), matrix.row(i).end());
    }
    return rows;
  }

  static void expect_near(const Row& expected, const Row& got) {
    ASSERT_EQ(got.size(), expected.size());
    for (size_t i = 0; i < got.size(); ++i) {
      ASSERT_NEAR(got[i], expected[i], testing::kTolerance) << i;
    }
  }

  std::unique_ptr<LoadedModel> loaded_;
  std::vector<testing::GoldenCase> cases_;
  std::vector<SourceMemory> sources_;
  Workspace workspace_;
  Tracer silent_;
  ForwardContext context_{workspace_, silent_};
};

TEST_P(Decode, OneTokenAtATimeEqualsAllAtOnce) {
  for (size_t i = 0; i < cases_.size(); ++i) {
    const std::vector<Row> expected = at_once(i);
    ASSERT_EQ(expected.size(), tokens(i).size());
    SequenceCache cache;
    for (size_t t = 0; t < expected.size(); ++t) {
      SCOPED_TRACE(t);
      expect_near(expected[t], decode({input(i, cache, t, 1)})[0]);
    }
    EXPECT_EQ(cache.length, expected.size());
  }
}

TEST_P(Decode, ABatchEqualsItsSequences) {
  std::vector<SequenceCache> caches(cases_.size());
  std::vector<DecoderInput> prompts;
  for (size_t i = 0; i < cases_.size(); ++i) {
    prompts.push_back(input(i, caches[i], 0, (tokens(i).size() + 1) / 2));
  }
  const std::vector<Row> after_prompt = decode(prompts);
  ASSERT_EQ(after_prompt.size(), cases_.size());
  for (size_t i = 0; i < cases_.size(); ++i) {
    expect_near(at_once(i)[prompts[i].ids.size() - 1], after_prompt[i]);
  }
  // The shortest has no token left: the others go on without it.
  std::vector<DecoderInput> rest;
  for (size_t i = 0; i + 1 < cases_.size(); ++i) {
    const size_t first = prompts[i].ids.size();
    rest.push_back(input(i, caches[i], first, tokens(i).size() - first));
  }
  const std::vector<Row> after_all = decode(rest);
  for (size_t i = 0; i < rest.size(); ++i) expect_near(at_once(i).back(), after_all[i]);
}

TEST_P(Decode, ACopiedCacheGoesItsOwnWay) {
  const size_t n = tokens(0).size();
  SequenceCache one;
  decode({input(0, one, 0, n - 1)});
  SequenceCache other = one;
  const int32_t another_token =
      (tokens(0)[n - 1] + 1) % static_cast<int32_t>(model().shape().vocab_size);
  const DecoderInput detour{{&another_token, 1}, &other, is_seq2seq() ? sources_.data() : nullptr};
  const std::vector<Row> both = decode({detour, input(0, one, n - 1, 1)});
  expect_near(at_once(0).back(), both[1]);
  EXPECT_NE(both[0], both[1]);
}

TEST_P(Decode, AStepAttendsAsTheWholePassDoes) {
  LastRows whole, step;
  ForwardContext at_once{workspace_, whole}, in_steps{workspace_, step};
  SequenceCache cache;
  const Workspace::Scope scope(workspace_);
  model().forward({cases_[0].ids, {}, cases_[0].decoder_ids}, at_once);
  for (size_t t = 0; t < tokens(0).size(); ++t) {
    const DecoderInput next = input(0, cache, t, 1);
    model().decode({&next, 1}, in_steps);
  }
  size_t n_rows = 0;
  for (const auto& [name, row] : whole.rows) {
    const bool of_encoder = is_seq2seq() && name.starts_with("0");
    if (of_encoder) continue;  // it runs once, before the steps
    SCOPED_TRACE(name);
    expect_near(row, step.rows[name]);
    ++n_rows;
  }
  EXPECT_EQ(n_rows, step.rows.size());
  EXPECT_GT(n_rows, 0U);
}

INSTANTIATE_TEST_SUITE_P(All, Decode,
                         ::testing::Values("bart", "ctrl", "gpt2", "gpt2-scaled", "marian", "mbart",
                                           "openai-gpt", "pegasus", "t5", "t5-gated"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace glassformer
