// Generation through the engine: texts in, steps and texts out, traces of what was chosen.
#include <cmath>

#include <gtest/gtest.h>

#include "core/json.h"
#include "engine/engine.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::succeeded;

constexpr float kTolerance = 1e-4F;

class EngineGeneration : public ::testing::Test {
 protected:
  static testing::Folder read(std::string_view name) {
    testing::Folder folder;
    for (const char* file : {"config.json", "generation_config.json", "model.safetensors"}) {
      folder[file] =
          testing::read_source_file(concat("tests/golden/models/generation/", name, "/", file));
    }
    folder["tokenizer.json"] = testing::letter_tokenizer('p');  // 37 of the model's 40 tokens
    return folder;
  }

  ModelHandle load(const testing::Folder& folder) {
    const ModelHandle model = testing::add_model(engine_, folder);
    EXPECT_TRUE(succeeded(engine_.load_model(model, {})));
    return model;
  }
  ModelHandle load(std::string_view name) { return load(read(name)); }

  /// All steps, and then the output.
  std::string run(ModelHandle model, const GenerationRequest& request) {
    auto generation = engine_.start(model, request);
    EXPECT_TRUE(succeeded(generation));
    while (!generation.value().pipeline->is_finished()) {
      const auto step = engine_.step(generation.value());
      EXPECT_TRUE(succeeded(step));
      steps_.push_back(step.value());
    }
    return engine_.output(generation.value()).value();
  }

  Error refused(ModelHandle model, const GenerationRequest& request) {
    const auto generation = engine_.start(model, request);
    EXPECT_FALSE(generation.ok()) << request.options;
    return generation.ok() ? Error{} : generation.error();
  }

  Engine engine_;
  std::vector<std::string> steps_;
};

std::string text_of(JsonValue object, std::string_view key) {
  return object.at(key).value().string(key).value();
}
double number_of(JsonValue object, std::string_view key) {
  return object.at(key).value().number(key).value();
}

/// The same texts and tokens; scores may differ in their last digits, as sums in another order do.
void expect_same(JsonValue expected, JsonValue got) {
  ASSERT_EQ(got.size(), 2U);
  for (size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(text_of(got[i], "translation_text"), text_of(expected[i], "translation_text"));
    EXPECT_EQ(got[i].at("token_ids").value().text(), expected[i].at("token_ids").value().text());
    EXPECT_NEAR(number_of(got[i], "score"), number_of(expected[i], "score"), kTolerance);
  }
}

TEST_F(EngineGeneration, TranslatesTextsTogetherAsAlone) {
  const ModelHandle model = load("marian");
  const std::string options = R"({"num_beams": 3, "num_return_sequences": 2})";
  const auto together = JsonDocument::parse(
      run(model, {"translation", {"abc d", "fe", "abc d"}, options}), "together");
  const auto first = JsonDocument::parse(run(model, {"translation", {"abc d"}, options}), "first");
  const auto second = JsonDocument::parse(run(model, {"translation", {"fe"}, options}), "second");
  const JsonValue texts = together.value().root();
  ASSERT_EQ(texts.size(), 3U);
  expect_same(first.value().root(), texts[0]);
  expect_same(second.value().root(), texts[1]);
  expect_same(first.value().root(), texts[2]);
  EXPECT_GE(number_of(texts[0][0], "score"), number_of(texts[0][1], "score"));
}

TEST_F(EngineGeneration, StepsTellWhatIsChosen) {
  const ModelHandle model = load("gpt2");
  const std::string output =
      run(model, {"text-generation", {"ab cd"}, R"({"output_candidates": 3, "max_new_tokens": 5,
                                                    "min_new_tokens": 5})"});
  ASSERT_EQ(steps_.size(), 5U);
  double score = 0;
  std::string text;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const auto parsed = JsonDocument::parse(steps_[i], "step").value();
    const JsonValue step = parsed.root().at("texts").value()[0];
    const JsonValue hypothesis = step.at("hypotheses").value()[0];
    const JsonValue candidates = step.at("candidates").value()[0];
    ASSERT_EQ(candidates.size(), 3U);
    EXPECT_EQ(number_of(candidates[0], "id"), number_of(hypothesis, "id"));
    EXPECT_NEAR(std::log(number_of(candidates[0], "probability")),
                number_of(hypothesis, "log_probability"), kTolerance);
    EXPECT_GE(number_of(candidates[0], "probability"), number_of(candidates[1], "probability"));
    score += number_of(hypothesis, "log_probability");
    EXPECT_NEAR(number_of(hypothesis, "score"), score, kTolerance);
    EXPECT_TRUE(text_of(hypothesis, "text").starts_with(text));
    text = text_of(hypothesis, "text");
  }
  const auto parsed = JsonDocument::parse(output, "output").value();
  EXPECT_EQ(text_of(parsed.root()[0], "generated_text"), "ab cd" + text);
  EXPECT_EQ(parsed.root()[0].at("token_ids").value().size(), 5U);
}

TEST_F(EngineGeneration, BeamsNameTheirParents) {
  const ModelHandle model = load("bart");
  run(model, {"summarization", {"abc"}, R"({"num_beams": 3, "num_return_sequences": 3})"});
  size_t n_before = 1;
  for (const std::string& line : steps_) {
    const auto parsed = JsonDocument::parse(line, "step").value();
    const JsonValue texts = parsed.root().at("texts").value();
    if (texts.size() == 0) continue;  // the source was read
    const JsonValue hypotheses = texts[0].at("hypotheses").value();
    size_t n_running = 0;
    for (size_t i = 0; i < hypotheses.size(); ++i) {
      EXPECT_LT(number_of(hypotheses[i], "parent"), static_cast<double>(n_before));
      n_running += hypotheses[i].at("finished").value().boolean("finished").value() ? 0 : 1;
    }
    n_before = n_running;
  }
  EXPECT_EQ(n_before, 0U);
}

TEST_F(EngineGeneration, TracesTheSequenceThatIsAskedFor) {
  const ModelHandle model = load("t5");
  const GenerationRequest request{
      "text2text-generation", {"abc"}, R"({"num_beams": 4, "num_return_sequences": 2})"};
  auto generation = engine_.start(model, request).value();
  while (!generation.pipeline->is_finished()) engine_.step(generation).value();
  for (const size_t sequence : {size_t{0}, size_t{1}}) {
    const Encoding tokens = engine_.sequence_tokens(generation, 0, sequence).value();
    const Recorder trace =
        engine_.trace(generation, 0, sequence, {.attentions = true, .hidden_states = true}).value();
    const size_t n = tokens.size(), n_source = generation.pipeline->tokens(0).size();
    EXPECT_EQ(trace.attentions(AttentionKind::kCross).shape,
              (std::vector<size_t>{2, 2, n, n_source}));
    EXPECT_EQ(trace.attentions(AttentionKind::kDecoder).shape, (std::vector<size_t>{2, 2, n, n}));
    EXPECT_EQ(trace.attentions(AttentionKind::kSelf).shape,
              (std::vector<size_t>{2, 2, n_source, n_source}));
    EXPECT_EQ(trace.all_hidden_states(Stream::kDecoder).shape, (std::vector<size_t>{3, n, 16}));
    EXPECT_EQ(tokens.special[0], 1);
  }
  EXPECT_TRUE(fails_with(engine_.sequence_tokens(generation, 0, 2), ErrorCode::kInvalidArgument,
                         "sequence 2 of text 0: expected one below 2"));
  EXPECT_TRUE(
      fails_with(engine_.sequence_tokens(generation, 1, 0), ErrorCode::kInvalidArgument, "text 1"));
}

TEST_F(EngineGeneration, TracesWithWhatWasChanged) {
  const ModelHandle model = load("bart");
  const GenerationRequest request{"summarization",
                                  {"abc"},
                                  R"({"mask_heads": [[0, 1, "cross"]], "mask_tokens": [1],
                                      "replace_attention": [{"layer": 1, "head": 0, "query": 1,
                                        "kind": "decoder", "weights": [0.25, 0.75]}]})"};
  auto generation = engine_.start(model, request).value();
  while (!generation.pipeline->is_finished()) engine_.step(generation).value();
  const size_t n = engine_.sequence_tokens(generation, 0, 0).value().size();
  const size_t n_source = generation.pipeline->tokens(0).size();
  const Recorder trace = engine_.trace(generation, 0, 0, {.attentions = true}).value();
  constexpr size_t kHeads = 4;  // of the decoder
  const auto& cross = trace.attentions(AttentionKind::kCross).data;
  const auto& decoder = trace.attentions(AttentionKind::kDecoder).data;
  for (size_t i = 0; i < n * n_source; ++i) {
    EXPECT_EQ(cross[n * n_source + i], 0.0F);  // layer 0, head 1
    if (i % n_source == 1) {
      EXPECT_EQ(cross[i], 0.0F);  // head 0
    }
  }
  const size_t row = ((kHeads + 0) * n + 1) * n;  // layer 1, head 0, query 1
  EXPECT_EQ(decoder[row], 0.25F);
  EXPECT_EQ(decoder[row + 1], 0.75F);
  for (size_t key = 2; key < n; ++key) EXPECT_EQ(decoder[row + key], 0.0F);
  const JsonDocument changed = JsonDocument::parse(engine_.output(generation).value(), "").value();
  const JsonDocument plain =
      JsonDocument::parse(run(model, {"summarization", {"abc"}, ""}), "").value();
  EXPECT_NE(number_of(changed.root()[0], "score"), number_of(plain.root()[0], "score"));
}

TEST_F(EngineGeneration, NamesChangesThatDoNotFit) {
  const ModelHandle bart = load("bart"), gpt2 = load("gpt2");
  const struct {
    ModelHandle model;
    const char* options;
    const char* message;
  } cases[] = {
      {bart, R"({"mask_heads":[[0,4,"decoder"]]})", "mask_heads: expected"},
      {bart, R"({"mask_tokens":[5]})", "mask_tokens: expected positions from 0 to 4, got 5"},
      {bart, R"({"mask_tokens":[0,1,2,3,4]})", "expected to leave a token"},
      {bart, R"({"replace_attention":[{"layer":0,"head":0,"query":5,"weights":[1,0,0,0,0]}]})",
       "expected a query from 0 to 4"},
      {bart,
       R"({"replace_attention":[{"layer":0,"head":0,"query":2,"kind":"decoder","weights":[1]}]})",
       "expected 3 weights for query 2, got 1"},
      {bart,
       R"({"replace_attention":[{"layer":0,"head":0,"query":9,"kind":"cross","weights":[1]}]})",
       "expected 5 weights for query 9, got 1"},
      {bart, R"({"skip_layers":[2]})", "skip_layers: expected an array of layers from 0 to 1"},
      {gpt2, R"({"skip_layers":[0,7]})", "skip_layers"},
      {gpt2, R"({"mask_tokens":[5]})", "mask_tokens"},
      {gpt2, R"({"mask_heads":[[0,0,"cross"]]})", "mask_heads"},
      {gpt2, R"({"replace_attention":[{"layer":0,"head":0,"query":7,"weights":[1,0]}]})",
       "expected 8 weights for query 7, got 2"},
  };
  for (const auto& c : cases) {
    const char* const task = c.model == bart ? "summarization" : "text-generation";
    const Error error = refused(c.model, {task, {"abc", "abcdef"}, c.options});
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument) << error.message();
    EXPECT_NE(error.message().find(c.message), std::string::npos) << error.message();
  }
}

TEST_F(EngineGeneration, StopStringsEndATextWithThem) {
  const ModelHandle model = load("gpt2");
  const std::string all =
      run(model, {"text-generation", {"ab cd"}, R"({"max_new_tokens": 12, "min_new_tokens": 12})"});
  const auto whole = JsonDocument::parse(all, "output").value();
  const std::string text = text_of(whole.root()[0], "generated_text").substr(5);
  ASSERT_GE(text.size(), 6U);
  const std::string stop = text.substr(3, 2);
  const std::string options = json_object({{"max_new_tokens", "12"},
                                           {"min_new_tokens", "12"},
                                           {"return_full_text", "false"},
                                           {"stop_strings", json_quote(stop)}});
  const auto cut =
      JsonDocument::parse(run(model, {"text-generation", {"ab cd"}, options}), "output").value();
  const std::string stopped = text_of(cut.root()[0], "generated_text");
  EXPECT_LT(stopped.size(), text.size());
  EXPECT_NE(stopped.find(stop), std::string::npos);
  EXPECT_TRUE(text.starts_with(stopped));
}

/// A tokeniser that puts no tokens of its own around a text, as GPT-2's.
void drop_special_tokens(std::string& tokenizer) {
  const size_t begin = tokenizer.find(R"("post_processor":)");
  const size_t end = tokenizer.find(R"("decoder":)");
  tokenizer.replace(begin, end - begin, R"("post_processor":null,)");
}

TEST_F(EngineGeneration, DefinesTextsWithoutWords) {
  testing::Folder folder = read("gpt2");
  drop_special_tokens(folder["tokenizer.json"]);
  const ModelHandle marian = load("marian"), gpt2 = load(folder);
  for (const std::string text : {"", " \n\t ", "😀🎬"}) {
    SCOPED_TRACE(text);
    const std::string translated = run(marian, {"translation", {text}, ""});
    EXPECT_EQ(JsonDocument::parse(translated, "output").value().root().size(), 1U);
    const std::string options = R"({"max_new_tokens":3,"min_new_tokens":3})";
    const auto output =
        JsonDocument::parse(run(gpt2, {"text-generation", {text}, options}), "output").value();
    EXPECT_TRUE(text_of(output.root()[0], "generated_text").starts_with(text));
    EXPECT_EQ(output.root()[0].at("token_ids").value().size(), 3U);
  }
}

TEST_F(EngineGeneration, NothingToBeginWithIsNamed) {
  testing::Folder folder = read("gpt2");
  drop_special_tokens(folder["tokenizer.json"]);
  folder["generation_config.json"] = R"({"eos_token_id":2})";
  const ModelHandle model = load(folder);
  for (const char* const text : {"", " \n\t "}) {
    const Error error = refused(model, {"text-generation", {text}, ""});
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    EXPECT_NE(error.message().find("expected a prompt, got an empty one"), std::string::npos);
  }
}

TEST_F(EngineGeneration, RefusesWhatItCannotDo) {
  const ModelHandle marian = load("marian"), gpt2 = load("gpt2");
  const struct {
    ModelHandle model;
    GenerationRequest request;
    ErrorCode code;
    const char* message;
  } cases[] = {
      {marian, {"translation", {}, ""}, ErrorCode::kInvalidArgument, "expected a text"},
      {marian, {"text-generation", {"a"}, ""}, ErrorCode::kUnsupported, "needs a model with"},
      {gpt2, {"translation", {"a"}, ""}, ErrorCode::kUnsupported, "needs a model with"},
      {marian, {"poetry", {"a"}, ""}, ErrorCode::kUnsupported, "'poetry'"},
      {marian,
       {"translation", {"a"}, R"({"num_beams":0})"},
       ErrorCode::kInvalidArgument,
       "translation: num_beams"},
      {marian,
       {"translation", {"a"}, R"({"num_beams":2,"num_return_sequences":3})"},
       ErrorCode::kInvalidArgument,
       "num_return_sequences: expected at most 2"},
      {marian,
       {"translation", {"a"}, R"({"do_sample":true,"num_beams":2})"},
       ErrorCode::kUnsupported,
       "do_sample with num_beams"},
      {marian, {"translation", {"a"}, R"({"src_lang":"zh"})"}, ErrorCode::kUnsupported, "src_lang"},
      {gpt2,
       {"text-generation", {"a"}, R"({"stop_strings":""})"},
       ErrorCode::kInvalidArgument,
       "stop_strings"},
      {gpt2,
       {"text-generation", {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, ""},
       ErrorCode::kInvalidArgument,
       "tokens"},
      {gpt2,
       {"text-generation", {"ab"}, R"({"max_length":2})"},
       ErrorCode::kInvalidArgument,
       "leaves no room"},
  };
  for (const auto& c : cases) {
    const Error error = refused(c.model, c.request);
    EXPECT_EQ(error.code(), c.code) << error.message();
    EXPECT_NE(error.message().find(c.message), std::string::npos) << error.message();
  }
}

TEST_F(EngineGeneration, AFinishedOrClosedOneHasNoNextStep) {
  const ModelHandle model = load("marian");
  auto done = engine_.start(model, {"translation", {"a"}, R"({"max_new_tokens":1})"}).value();
  while (!done.pipeline->is_finished()) engine_.step(done).value();
  EXPECT_TRUE(fails_with(engine_.step(done), ErrorCode::kInvalidArgument, "finished"));
  auto open = engine_.start(model, {"translation", {"abc"}, ""}).value();
  engine_.step(open).value();
  engine_.close_model(model);
  EXPECT_TRUE(fails_with(engine_.step(open), ErrorCode::kNotFound, "no model"));
  EXPECT_TRUE(fails_with(engine_.output(open), ErrorCode::kNotFound, "no model"));
}

TEST_F(EngineGeneration, TwoAtOnceAreNeverMixed) {
  const ModelHandle model = load("bart");
  const GenerationRequest first{"summarization", {"abcd"}, R"({"num_beams":2})"};
  const GenerationRequest second{"summarization", {"fed c"}, R"({"num_beams":3})"};
  const std::string alone_first = run(model, first), alone_second = run(model, second);
  auto a = engine_.start(model, first).value(), b = engine_.start(model, second).value();
  while (!a.pipeline->is_finished() || !b.pipeline->is_finished()) {
    if (!a.pipeline->is_finished()) engine_.step(a).value();
    if (!b.pipeline->is_finished()) engine_.step(b).value();
  }
  EXPECT_EQ(engine_.output(a).value(), alone_first);
  EXPECT_EQ(engine_.output(b).value(), alone_second);
}

}  // namespace
}  // namespace glassformer
