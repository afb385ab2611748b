// The parameters of generation: what a model and a request say, and what is refused.
#include <gtest/gtest.h>

#include "decoding/generation_config.h"
#include "support/matchers.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::succeeded;

constexpr size_t kVocabSize = 40;

Result<GenerationOptions> read(std::string_view json, const GenerationOptions& model = {}) {
  GF_ASSIGN(auto request, RequestOptions::parse(json, "generate"));
  GF_ASSIGN(auto options, read_generation_request(request, model));
  GF_TRY(request.finish());
  GF_TRY(check_generation_options(options, kVocabSize, "generate"));
  return options;
}

GenerationOptions config(std::string_view json) {
  const auto options = read_generation_config(json, "generation_config.json");
  EXPECT_TRUE(succeeded(options));
  return options.value();
}

TEST(GenerationOptions, TheRequestGoesBeforeTheModel) {
  const GenerationOptions model =
      config(R"({"num_beams": 4, "max_length": 30, "eos_token_id": 2, "bad_words_ids": [[3, 4]],
                 "decoder_start_token_id": 1, "early_stopping": true, "length_penalty": null})");
  const auto options =
      read(R"({"num_beams": 2, "early_stopping": "never", "max_length": null})", model);
  ASSERT_TRUE(succeeded(options));
  EXPECT_EQ(options.value().num_beams, 2U);
  EXPECT_EQ(options.value().max_length, 30U);
  EXPECT_EQ(options.value().early_stopping, EarlyStopping::kNever);
  EXPECT_EQ(options.value().eos_token_id, TokenSequence{2});
  EXPECT_EQ(options.value().bad_words_ids, (std::vector<TokenSequence>{{3, 4}}));
  EXPECT_EQ(options.value().decoder_start_token_id, 1);
  EXPECT_EQ(options.value().length_penalty, 1.0F);
}

TEST(GenerationOptions, TheDecoderBeginsWithBosWhereNothingElseIsSaid) {
  EXPECT_EQ(config(R"({"bos_token_id": 5})").decoder_start_token_id, 5);
  EXPECT_EQ(config(R"({"bos_token_id": 5, "decoder_start_token_id": 7})").decoder_start_token_id,
            7);
  EXPECT_EQ(config("{}").decoder_start_token_id, std::nullopt);
}

TEST(GenerationOptions, OneOrManyIds) {
  EXPECT_EQ(config(R"({"eos_token_id": [2, 9]})").eos_token_id, (TokenSequence{2, 9}));
  EXPECT_EQ(config(R"({"forced_eos_token_id": 2})").forced_eos_token_id, TokenSequence{2});
}

TEST(GenerationOptions, WhatMakesNoSenseIsNamed) {
  const struct {
    const char* json;
    const char* message;
  } cases[] = {
      {R"({"num_beams": 0})", "num_beams: expected a whole number of 1 or more, got 0"},
      {R"({"num_beams": 2.5})", "num_beams"},
      {R"({"num_beams": 2, "num_return_sequences": 3})",
       "num_return_sequences: expected at most 2"},
      {R"({"num_return_sequences": 2})", "num_return_sequences: expected at most 1"},
      {R"({"max_new_tokens": 0})", "max_new_tokens"},
      {R"({"max_new_tokens": 3, "min_new_tokens": 4})", "min_new_tokens: expected at most 3"},
      {R"({"do_sample": true, "top_p": 1.5})", "top_p"},
      {R"({"do_sample": true, "top_p": 0})", "top_p"},
      {R"({"do_sample": true, "temperature": 0})", "temperature"},
      {R"({"do_sample": true, "temperature": -1})", "temperature"},
      {R"({"do_sample": true, "top_k": -1})", "top_k"},
      {R"({"temperature": 0.5})", "temperature: expected this value with do_sample alone"},
      {R"({"length_penalty": 2})", "length_penalty: expected this value with num_beams"},
      {R"({"early_stopping": "always", "num_beams": 2})", "early_stopping"},
      {R"({"repetition_penalty": 0})", "repetition_penalty"},
      {R"({"no_repeat_ngram_size": "2"})", "no_repeat_ngram_size"},
      {R"({"bad_words_ids": [[]]})", "bad_words_ids"},
      {R"({"bad_words_ids": [3]})", "bad_words_ids"},
      {R"({"bad_words_ids": [[40]]})", "bad_words_ids: expected token ids below 40, got 40"},
      {R"({"eos_token_id": -1})", "eos_token_id"},
      {R"({"forced_bos_token_id": 99})", "forced_bos_token_id"},
      {R"({"output_candidates": 1000})", "output_candidates"},
  };
  for (const auto& c : cases) {
    EXPECT_TRUE(fails_with(read(c.json), ErrorCode::kInvalidArgument, c.message)) << c.json;
  }
}

TEST(GenerationOptions, WhatIsNotSupportedIsNamed) {
  EXPECT_TRUE(fails_with(read(R"({"num_beam_groups": 2})"), ErrorCode::kUnsupported,
                         "\"num_beam_groups\" is not supported"));
  EXPECT_TRUE(fails_with(read(R"({"do_sample": true, "num_beams": 2})"), ErrorCode::kUnsupported,
                         "do_sample with num_beams"));
  EXPECT_TRUE(fails_with(read_generation_config(R"({"encoder_no_repeat_ngram_size": 3})", "c.json"),
                         ErrorCode::kUnsupported, "c.json: 'encoder_no_repeat_ngram_size'"));
  EXPECT_TRUE(succeeded(read_generation_config(
      R"({"encoder_no_repeat_ngram_size": 0, "diversity_penalty": 0.0, "model_type": "t5"})", "")));
}

TEST(GenerationOptions, AModelThatDoesNotSampleMayHaveAnyTemperature) {
  const GenerationOptions model = config(R"({"do_sample": false, "temperature": 0.0, "top_p": 0})");
  EXPECT_TRUE(succeeded(read("{}", model)));
  EXPECT_TRUE(fails_with(read(R"({"do_sample": true})", model), ErrorCode::kInvalidArgument,
                         "temperature: expected a number above 0 with do_sample, got 0"));
}

TEST(GenerationOptions, ADamagedConfigIsNamed) {
  EXPECT_TRUE(
      fails_with(read_generation_config(R"({"num_beams": "four"})", "generation_config.json"),
                 ErrorCode::kInvalidFormat, "generation_config.json: num_beams"));
}

}  // namespace
}  // namespace glassformer
