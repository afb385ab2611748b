#include "text/bpe_files.h"

#include <string>
#include <utility>
#include <vector>

#include "text/bert_normalizer.h"
#include "text/bpe.h"
#include "text/byte_level.h"
#include "text/fields.h"
#include "text/marian.h"

namespace glassformer {

namespace {

constexpr std::string_view kEndOfWord = "</w>";

/// What tokenizer_config.json and the vocabulary say about the special tokens.
class SpecialTokens {
 public:
  SpecialTokens(const JsonValue& config, const Vocabulary& vocabulary)
      : config_(config), vocabulary_(vocabulary) {}

  /// The token that the config names, as "<s>" or {"content": "<s>", "lstrip": ...}.
  Result<SpecialToken> require(std::string_view key, std::string_view otherwise) {
    GF_ASSIGN(const AddedToken token, read(key, otherwise));
    const auto id = vocabulary_.find(token.content);
    if (!id) {
      return fail(ErrorCode::kInvalidFormat, kVocabJson, ": ", key, " '", token.content,
                  "' is missing");
    }
    added_.push_back(token);
    return SpecialToken{*id, token.content};
  }

  /// The same, where the vocabulary has it.
  Result<void> add(std::string_view key, std::string_view otherwise) {
    GF_ASSIGN(const AddedToken token, read(key, otherwise));
    if (vocabulary_.find(token.content)) added_.push_back(token);
    return {};
  }

  const std::vector<AddedToken>& added() const { return added_; }

 private:
  Result<AddedToken> read(std::string_view key, std::string_view otherwise) const {
    AddedToken token{.content = std::string(otherwise), .special = true};
    const auto field = config_.find(key);
    if (!field) return token;
    if (field->is_string()) {
      GF_ASSIGN(token.content, field->string(key));
      return token;
    }
    GF_ASSIGN(token.content, read_string(*field, "content"));
    GF_ASSIGN(token.single_word, read_flag_or(*field, "single_word", false));
    GF_ASSIGN(token.lstrip, read_flag_or(*field, "lstrip", false));
    GF_ASSIGN(token.rstrip, read_flag_or(*field, "rstrip", false));
    GF_ASSIGN(token.normalized, read_flag_or(*field, "normalized", false));
    return token;
  }

  const JsonValue& config_;
  const Vocabulary& vocabulary_;
  std::vector<AddedToken> added_;
};

/// GPT-2's parts, to which RoBERTa adds its special tokens around a text.
Result<std::vector<AddedToken>> fill_byte_level(const JsonValue& config,
                                                const Vocabulary& vocabulary,
                                                TokenizerParts& parts) {
  ByteLevelOptions options;
  GF_ASSIGN(options.add_prefix_space, read_flag_or(config, "add_prefix_space", false));
  parts.pre_tokenizer = make_byte_level(options);
  parts.decoder = make_byte_level_decoder();
  parts.post_processor = make_plain_post_processor();
  SpecialTokens special(config, vocabulary);
  if (!vocabulary.find("<s>") || !vocabulary.find("</s>")) {
    GF_TRY(special.add("eos_token", "<|endoftext|>"));
    return special.added();
  }
  GF_ASSIGN(const SpecialToken cls, special.require("cls_token", "<s>"));
  GF_ASSIGN(const SpecialToken sep, special.require("sep_token", "</s>"));
  GF_TRY(special.add("unk_token", "<unk>"));
  GF_TRY(special.add("pad_token", "<pad>"));
  GF_TRY(special.add("mask_token", "<mask>"));
  parts.post_processor = make_roberta_post_processor(cls, sep);
  GF_ASSIGN(const bool trims, read_flag_or(config, "trim_offsets", true));
  if (trims) parts.post_processor.trimming = OffsetTrimming{options.add_prefix_space};
  return special.added();
}

/// The first GPT cuts words as BERT does.
Result<std::vector<AddedToken>> fill_openai_gpt(const JsonValue& config,
                                                const Vocabulary& vocabulary,
                                                TokenizerParts& parts) {
  parts.normalizer = std::make_unique<BertNormalizer>(BertNormalizerOptions{});
  parts.pre_tokenizer = make_bert_pre_tokenizer();
  parts.decoder = make_bpe_decoder(std::string(kEndOfWord));
  parts.post_processor = make_plain_post_processor();
  SpecialTokens special(config, vocabulary);
  GF_ASSIGN(const SpecialToken unk, special.require("unk_token", "<unk>"));
  return special.added();
}

bool marks_word_ends(const std::vector<Merge>& merges) {
  for (const Merge& merge : merges) {
    if (merge.second.ends_with(kEndOfWord)) return true;
  }
  return false;
}

/// CTRL marks what does not end a word instead: "learn@@", "ing".
Result<void> refuse_ctrl(const Vocabulary& vocabulary) {
  size_t marked = 0;
  for (size_t id = 0; id < vocabulary.id_limit(); ++id) {
    marked += vocabulary.token(static_cast<int32_t>(id)).ends_with("@@");
  }
  if (2 * marked < vocabulary.size()) return {};
  return fail(ErrorCode::kUnsupported, kVocabJson,
              ": a vocabulary of pieces marked '@@' (CTRL) is not supported");
}

}  // namespace

Result<TokenizerParts> read_bpe_files(const TextFiles& files) {
  GF_ASSIGN(const std::string_view vocab_text, require_file(files, kVocabJson));
  GF_ASSIGN(const JsonDocument vocab, JsonDocument::parse(vocab_text, std::string(kVocabJson)));
  GF_ASSIGN(Vocabulary vocabulary, read_vocabulary(vocab.root(), "vocab"));
  GF_TRY(refuse_ctrl(vocabulary));
  GF_ASSIGN(const std::string_view merges_text, require_file(files, kMergesTxt));
  GF_ASSIGN(const std::vector<Merge> merges, read_merges(merges_text, kMergesTxt));
  GF_ASSIGN(const JsonDocument config, read_json_file(files, kTokenizerConfigJson));
  const JsonValue fields = config.root();

  TokenizerParts parts;
  BpeOptions options;
  const bool is_openai_gpt = marks_word_ends(merges);
  GF_ASSIGN(const std::vector<AddedToken> added, is_openai_gpt
                                                     ? fill_openai_gpt(fields, vocabulary, parts)
                                                     : fill_byte_level(fields, vocabulary, parts));
  if (is_openai_gpt) {
    options.end_of_word_suffix = kEndOfWord;
    options.unk_token = added.front().content;
  }
  GF_ASSIGN(parts.added_tokens,
            AddedTokens::create(added, vocabulary, parts.normalizer.get(), kVocabJson));
  GF_ASSIGN(Bpe model, Bpe::create(std::move(vocabulary), merges, std::move(options), kMergesTxt));
  parts.model = std::make_unique<Bpe>(std::move(model));
  return parts;
}

}  // namespace glassformer
