#include "pipelines/question_answering.h"

#include <cmath>

#include "core/utf.h"
#include "pipelines/word_alignment.h"
#include "support/golden.h"
#include "support/pipeline_golden.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::number_at;
using testing::parse;
using testing::text_at;

constexpr const char* kTask = "question-answering";

/// The case's options with output_scores added.
std::string with_scores(const JsonValue& options) {
  std::string json = options.text();
  json.insert(1, options.size() > 0 ? R"("output_scores":true,)" : R"("output_scores":true)");
  return json;
}

void expect_answer(const JsonValue& expected, const JsonValue& got, const std::string& context) {
  EXPECT_EQ(text_at(got, "answer"), text_at(expected, "answer"));
  EXPECT_NEAR(number_at(got, "score"), number_at(expected, "score"), testing::kTolerance);
  EXPECT_EQ(number_at(got, "start"), number_at(expected, "start"));
  EXPECT_EQ(number_at(got, "end"), number_at(expected, "end"));
  EXPECT_EQ(text_at(got, "answer"),
            slice_utf16(context, static_cast<uint32_t>(number_at(got, "start")),
                        static_cast<uint32_t>(number_at(got, "end"))));
}

class QuestionAnsweringGolden : public ::testing::TestWithParam<const char*> {};

TEST_P(QuestionAnsweringGolden, AnswersAsTheReference) {
  testing::PipelineGolden golden(GetParam(), kTask);
  for (size_t i = 0; i < golden.size(); ++i) {
    SCOPED_TRACE(concat("case ", i));
    const JsonValue expected = golden.at(i);
    const std::string context = text_at(expected, "context");
    const auto run = golden.run(text_at(expected, "question"), context,
                                with_scores(expected.at("options").value()));
    ASSERT_TRUE(testing::succeeded(run));
    const JsonDocument document = parse(run.value().json);
    const JsonValue answers = expected.at("answers").value();
    ASSERT_EQ(document.root().size(), answers.size());
    for (size_t k = 0; k < answers.size(); ++k) {
      expect_answer(answers[k], document.root()[k], context);
    }
    const auto& tensors = run.value().tensors;
    testing::expect_numbers(expected.at("start_scores").value(), tensors.at("start_scores").data);
    testing::expect_numbers(expected.at("end_scores").value(), tensors.at("end_scores").data);
    const auto& ids = run.value().encoding.ids;
    testing::expect_numbers(expected.at("ids").value(), std::vector<float>(ids.begin(), ids.end()));
  }
}

INSTANTIATE_TEST_SUITE_P(Families, QuestionAnsweringGolden,
                         ::testing::Values("question-answering-bert",
                                           "question-answering-roberta"));

class QuestionAnswering : public ::testing::Test {
 protected:
  testing::PipelineGolden golden_{"question-answering-bert", kTask};
  std::string long_text_ = text_at(golden_.at(8), "context");
};

TEST_F(QuestionAnswering, TracesTheWindowOfTheBestAnswer) {
  const RunOutput plain = golden_.run("Which head?", long_text_, "").value();
  const RunOutput traced =
      golden_.run("Which head?", long_text_, R"({"output_attentions":true})").value();
  const JsonDocument document = parse(traced.json);
  expect_answer(parse(plain.json).root()[0], document.root()[0], long_text_);
  EXPECT_TRUE(plain.trace.attentions(AttentionKind::kSelf).data.empty());
  const size_t n_tokens = traced.encoding.size();
  EXPECT_EQ(traced.trace.attentions(AttentionKind::kSelf).shape,
            (std::vector<size_t>{2, 2, n_tokens, n_tokens}));
  const auto start = static_cast<uint32_t>(number_at(document.root()[0], "start"));
  bool holds_answer = false;
  for (size_t i = 0; i < n_tokens; ++i) {
    holds_answer |=
        traced.encoding.sequence_ids[i] == 1 && traced.encoding.offsets[i].start == start;
  }
  EXPECT_TRUE(holds_answer);
}

TEST_F(QuestionAnswering, AnswersSeveralQuestionsAsEachAlone) {
  const std::string options = R"({"top_k":3,"output_scores":true})";
  const std::vector<RunText> questions{
      {"Which head?", "The first head."}, {"Which head?", long_text_}, {"Who?", "A head, or two."}};
  const auto together = golden_.run(questions, options).value();
  ASSERT_EQ(together.size(), questions.size());
  for (size_t i = 0; i < questions.size(); ++i) {
    SCOPED_TRACE(i);
    const RunOutput alone = golden_.run(questions[i].text, questions[i].pair, options).value();
    const JsonDocument expected = parse(alone.json), got = parse(together[i].json);
    ASSERT_EQ(got.root().size(), expected.root().size());
    for (size_t k = 0; k < expected.root().size(); ++k) {
      expect_answer(expected.root()[k], got.root()[k], *questions[i].pair);
    }
    EXPECT_EQ(together[i].encoding.ids, alone.encoding.ids);
    EXPECT_EQ(together[i].tensors.at("start_scores").shape, alone.tensors.at("start_scores").shape);
  }
}

TEST_F(QuestionAnswering, ChangesTheModelInEveryWindow) {
  const auto scores_with = [this](const std::string& options) {
    return number_at(parse(golden_.run("Which head?", long_text_, options).value().json).root()[0],
                     "score");
  };
  // Sums are added up in an order that depends on where a row lies in memory.
  constexpr double kRounding = 1e-6;
  const double plain = scores_with("");
  EXPECT_GT(std::abs(scores_with(R"({"skip_layers":[1]})") - plain), kRounding);
  EXPECT_GT(std::abs(scores_with(R"({"mask_heads":[[0,1]]})") - plain), kRounding);
  EXPECT_NEAR(scores_with(R"({"skip_layers":[]})"), plain, kRounding);
  for (const char* const options :
       {R"({"mask_tokens":[1]})",
        R"({"replace_attention":[{"layer":0,"head":0,"query":0,"weights":[1]}]})"}) {
    EXPECT_TRUE(fails_with(golden_.run("Which head?", long_text_, options), ErrorCode::kUnsupported,
                           "fits into one window"));
  }
}

TEST_F(QuestionAnswering, WhereNoAnswerWinsItIsEmpty) {
  const std::string context = text_at(golden_.at(15), "context");
  const auto best = [&](const std::string& options) {
    return golden_.run(text_at(golden_.at(15), "question"), context, options).value().json;
  };
  const JsonDocument none = parse(best(R"({"handle_impossible_answer":true})"));
  ASSERT_EQ(none.root().size(), 1U);
  EXPECT_EQ(text_at(none.root()[0], "answer"), "");
  EXPECT_EQ(number_at(none.root()[0], "start"), 0);
  EXPECT_EQ(number_at(none.root()[0], "end"), 0);
  const JsonDocument some = parse(best(""));
  EXPECT_EQ(text_at(some.root()[0], "answer"), context);
  EXPECT_GT(number_at(none.root()[0], "score"), number_at(some.root()[0], "score"));
}

TEST_F(QuestionAnswering, NamesWhatCannotBeAnswered) {
  constexpr ErrorCode kCode = ErrorCode::kInvalidArgument;
  EXPECT_TRUE(fails_with(golden_.run("why", std::nullopt, ""), kCode, "a question and a context"));
  for (const char* const blank : {"", "  \n\t\u00a0"}) {
    EXPECT_TRUE(fails_with(golden_.run(blank, "a text", ""), kCode, "question: expected text"));
    EXPECT_TRUE(fails_with(golden_.run("why", blank, ""), kCode, "context: expected text"));
  }
  std::string question;
  for (int i = 0; i < 61; ++i) question += "? ";
  EXPECT_TRUE(
      fails_with(golden_.run(question, "a text", ""), kCode,
                 "question: expected at most 60 tokens, so that the context has room, got 61"));
  const std::string sixty(question.begin(), question.end() - 2);
  EXPECT_TRUE(testing::succeeded(golden_.run(sixty, "?", "")));
  EXPECT_TRUE(fails_with(golden_.run(sixty, long_text_, ""), kCode, "doc_stride"));
}

TEST_F(QuestionAnswering, NamesWhatIsWrongWithAnOption) {
  constexpr ErrorCode kCode = ErrorCode::kInvalidArgument;
  const auto run = [this](const std::string& options) {
    return golden_.run("why", "a text", options);
  };
  EXPECT_TRUE(fails_with(run(R"({"top_k":0})"), kCode, "top_k: expected a whole number of 1"));
  EXPECT_TRUE(fails_with(run(R"({"max_answer_len":0})"), kCode, "max_answer_len"));
  EXPECT_TRUE(fails_with(run(R"({"max_seq_len":65})"), kCode, "a whole number from 1 to 64"));
  EXPECT_TRUE(fails_with(run(R"({"max_seq_len":4})"), kCode, "question: expected at most 0"));
  EXPECT_TRUE(fails_with(run(R"({"handle_impossible_answer":"yes"})"), kCode, "true or false"));
  EXPECT_TRUE(fails_with(run(R"({"max_question_len":64})"), ErrorCode::kUnsupported,
                         "\"max_question_len\" is not supported; it knows"));
  EXPECT_TRUE(
      fails_with(golden_.run("Which head?", long_text_, R"({"max_seq_len":20,"doc_stride":18})"),
                 kCode, "doc_stride: expected less than the"));
}

TEST(QuestionAnsweringModels, NeedTheirHead) {
  testing::PipelineGolden golden("question-answering-bert", "text-classification");
  EXPECT_TRUE(fails_with(golden.run("why", "a", ""), ErrorCode::kUnsupported,
                         "needs a model with a classification head, got BertForQuestionAnswering"));
}

TEST(WordAlignment, KnowsScriptsWithoutBlanks) {
  for (const char* const text : {"你好", "a你", "かな", "ภาษา", "ဘာသာ", "ខ្មែរ", "𠀀"}) {
    EXPECT_TRUE(is_written_without_blanks(text)) << text;
  }
  for (const char* const text : {"", "café", "слово", "한국어", "😀", "«»"}) {
    EXPECT_FALSE(is_written_without_blanks(text)) << text;
  }
}

}  // namespace
}  // namespace glassformer
