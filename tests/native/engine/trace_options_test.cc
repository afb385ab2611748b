#include "engine/trace_options.h"

#include <algorithm>
#include <cmath>

#include "support/golden.h"
#include "support/pipeline_golden.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::number_at;
using testing::parse;
using testing::text_at;

/// The members of an object `json` and `more` in one.
std::string with(std::string json, std::string_view more) {
  return json.insert(1, concat(more, json.size() > 2 ? "," : ""));
}

class TraceOptions : public ::testing::Test {
 protected:
  Result<RunOutput> run(std::string options) {
    return golden_.run(text_at(golden_.at(0), "text"), std::nullopt, std::move(options));
  }

  testing::PipelineGolden golden_{"interventions", "text-classification"};
};

TEST_F(TraceOptions, InterventionsChangeTheOutputAsTheyShould) {
  for (size_t i = 0; i < golden_.size(); ++i) {
    SCOPED_TRACE(concat("case ", i));
    const auto output = run(with(golden_.at(i).at("options").value().text(), R"("top_k":null)"));
    ASSERT_TRUE(testing::succeeded(output));
    const JsonDocument labels = parse(output.value().json);
    const JsonValue expected = golden_.at(i).at("scores").value();
    ASSERT_EQ(labels.root().size(), expected.size());
    for (size_t k = 0; k < labels.root().size(); ++k) {
      const JsonValue label = labels.root()[k];
      EXPECT_NEAR(number_at(label, "score"), number_at(expected, text_at(label, "label")),
                  testing::kTolerance);
    }
  }
}

/// Scores that are -infinity, or as good as, are null in the golden.
void expect_scores(const JsonValue& expected, std::span<const float> got) {
  ASSERT_EQ(expected.size(), got.size());
  for (size_t i = 0; i < got.size(); ++i) {
    if (expected[i].is_null()) {
      EXPECT_LT(got[i], -1e20F);
    } else {
      EXPECT_NEAR(expected[i].number("").value(), got[i], testing::kTolerance);
    }
  }
}

TEST_F(TraceOptions, InspectTakesAHeadApart) {
  for (size_t i = 0; i < golden_.size(); ++i) {
    SCOPED_TRACE(concat("case ", i));
    const auto output =
        run(with(golden_.at(i).at("options").value().text(), R"("inspect":{"layer":1,"head":1})"));
    ASSERT_TRUE(testing::succeeded(output));
    const auto& tensors = output.value().tensors;
    EXPECT_EQ(tensors.size(), 6U);
    const JsonValue parts = golden_.at(i).at("parts").value();
    for (const char* const name : {"q", "k", "v", "probs", "hidden"}) {
      SCOPED_TRACE(name);
      testing::expect_numbers(parts.at(name).value(), tensors.at(concat("inspect.", name)).data);
    }
    expect_scores(parts.at("scores").value(), tensors.at("inspect.scores").data);
    EXPECT_TRUE(output.value().trace.attentions(AttentionKind::kSelf).data.empty());
  }
}

TEST_F(TraceOptions, ASkippedLayerHandsItsInputOn) {
  const RunOutput whole = run(R"({"output_hidden_states":true})").value();
  const RunOutput skipped =
      run(R"({"skip_layers":[1],"output_attentions":true,"output_hidden_states":true})").value();
  const auto& before = whole.trace.all_hidden_states(Stream::kMain);
  const auto& states = skipped.trace.all_hidden_states(Stream::kMain);
  ASSERT_EQ(states.shape, before.shape);
  const size_t size = states.shape[1] * states.shape[2];
  for (size_t i = 0; i < size; ++i) {
    EXPECT_EQ(states.data[size + i], before.data[size + i]);
    EXPECT_EQ(states.data[2 * size + i], states.data[size + i]);
  }
  const auto& probs = skipped.trace.attentions(AttentionKind::kSelf).data;
  for (size_t i = 0; i < probs.size() / 2; ++i) EXPECT_EQ(probs[probs.size() / 2 + i], 0.0F);
  EXPECT_NE(skipped.json, whole.json);
  const auto inspected = run(R"({"skip_layers":[0],"inspect":{"layer":1,"head":0}})");
  ASSERT_TRUE(testing::succeeded(inspected));
  const auto& hidden = inspected.value().tensors.at("inspect.hidden").data;
  EXPECT_TRUE(std::ranges::equal(hidden, std::span(before.data).first(size)));
}

TEST_F(TraceOptions, SoftmaxOfTheScoresIsTheTracedAttention) {
  const RunOutput output =
      run(R"({"inspect":{"layer":0,"head":1},"output_attentions":true})").value();
  const TraceTensor& q = output.tensors.at("inspect.q");
  const TraceTensor& k = output.tensors.at("inspect.k");
  const size_t n = q.shape[0], d_head = q.shape[1];
  const float* const traced =
      output.trace.attentions(AttentionKind::kSelf).data.data() + n * n;  // layer 0, head 1
  for (size_t query = 0; query < n; ++query) {
    std::vector<double> row(n);
    double sum = 0;
    for (size_t key = 0; key < n; ++key) {
      double dot = 0;
      for (size_t i = 0; i < d_head; ++i)
        dot += q.data[query * d_head + i] * k.data[key * d_head + i];
      row[key] = std::exp(dot / std::sqrt(static_cast<double>(d_head)));
      sum += row[key];
    }
    for (size_t key = 0; key < n; ++key) {
      EXPECT_NEAR(row[key] / sum, traced[query * n + key], testing::kTolerance);
    }
  }
}

TEST_F(TraceOptions, NamesWhatIsWrong) {
  constexpr ErrorCode kCode = ErrorCode::kInvalidArgument;
  const auto fails = [&](const char* options, const char* part) {
    EXPECT_TRUE(fails_with(run(options), kCode, part)) << options;
  };
  fails(R"({"inspect":{"layer":2,"head":0}})", "layer 0 to 1 and head 0 to 1");
  fails(R"({"inspect":{"layer":0}})", "inspect: expected");
  fails(R"({"inspect":{"layer":0,"head":0,"beam":1}})", "inspect: expected");
  fails(R"({"inspect":{"layer":0,"head":0,"kind":"cross"}})", "inspect: expected");
  fails(R"({"inspect":7})", "inspect: expected");
  fails(R"({"mask_heads":[[0,2]]})", "mask_heads: expected [[layer, head], ...]");
  fails(R"({"mask_heads":[[0]]})", "mask_heads");
  fails(R"({"mask_heads":[[0,-1]]})", "mask_heads");
  fails(R"({"mask_heads":{"0":1}})", "mask_heads");
  fails(R"({"mask_tokens":[99]})", "mask_tokens: expected positions from 0 to");
  fails(R"({"mask_tokens":3})", "mask_tokens");
  fails(R"({"mask_tokens":["a"]})", "mask_tokens");
  fails(R"({"replace_attention":[{"layer":0,"head":0,"query":0,"weights":[1]}]})", "weights");
  fails(R"({"replace_attention":[{"layer":0,"head":0,"query":0}]})", "replace_attention");
  fails(R"({"replace_attention":[{"layer":0,"head":0,"query":0,"weights":[1e99]}]})", "weights");
  fails(R"({"skip_layers":[2]})", "skip_layers: expected an array of layers from 0 to 1, got [2]");
  fails(R"({"skip_layers":[-1]})", "skip_layers");
  fails(R"({"skip_layers":[0.5]})", "skip_layers");
  fails(R"({"skip_layers":["0"]})", "skip_layers");
  fails(R"({"skip_layers":1})", "skip_layers");
  fails(R"({"skip_layers":[1],"inspect":{"layer":1,"head":0}})", "layer 1 is skipped");
  const size_t n_tokens = run("").value().encoding.size();
  std::string all = "0";
  for (size_t i = 1; i < n_tokens; ++i) all += concat(",", i);
  fails(concat(R"({"mask_tokens":[)", all, "]}").c_str(), "expected to leave a token, got all");
}

}  // namespace
}  // namespace glassformer
