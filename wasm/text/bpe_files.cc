#include "text/bpe_files.h"

#include <string>
#include <utility>
#include <vector>

#include "text/bert_normalizer.h"
#include "text/bpe.h"
#include "text/byte_level.h"
#include "text/ctrl.h"
#include "text/marian.h"
#include "text/tokenizer_settings.h"

namespace glassformer {

namespace {

constexpr std::string_view kEndOfWord = "</w>";
constexpr NamedToken kUnk{"unk_token", "<unk>"};

/// The special tokens of a kind of tokeniser, which a vocabulary need not have.
class SpecialTokens {
 public:
  SpecialTokens(const TokenizerSettings& settings, const Vocabulary& vocabulary)
      : settings_(settings), vocabulary_(vocabulary), added_(settings.added_tokens({})) {}

  Result<SpecialToken> require(const NamedToken& named) {
    const AddedToken token = settings_.special(named);
    const auto id = vocabulary_.find(token.content);
    if (!id) {
      return fail(ErrorCode::kInvalidFormat, kVocabJson, ": ", named.role, " '", token.content,
                  "' is missing");
    }
    added_.push_back(token);
    return SpecialToken{*id, token.content};
  }

  /// The same, where the vocabulary has it.
  void add(const NamedToken& named) {
    const AddedToken token = settings_.special(named);
    if (vocabulary_.find(token.content)) added_.push_back(token);
  }

  const std::vector<AddedToken>& added() const { return added_; }

 private:
  const TokenizerSettings& settings_;
  const Vocabulary& vocabulary_;
  std::vector<AddedToken> added_;
};

/// GPT-2's parts, to which RoBERTa adds its special tokens around a text.
Result<std::vector<AddedToken>> fill_byte_level(const TokenizerSettings& settings,
                                                const Vocabulary& vocabulary,
                                                TokenizerParts& parts) {
  ByteLevelOptions options;
  GF_ASSIGN(options.add_prefix_space, settings.flag("add_prefix_space", false));
  parts.pre_tokenizer = make_byte_level(options);
  parts.decoder = make_byte_level_decoder();
  parts.post_processor = make_plain_post_processor();
  SpecialTokens special(settings, vocabulary);
  if (!vocabulary.find("<s>") || !vocabulary.find("</s>")) {
    special.add({"eos_token", "<|endoftext|>"});
    return special.added();
  }
  GF_ASSIGN(const SpecialToken cls, special.require({"cls_token", "<s>"}));
  GF_ASSIGN(const SpecialToken sep, special.require({"sep_token", "</s>"}));
  special.add({"unk_token", "<unk>"});
  special.add({"pad_token", "<pad>"});
  special.add({"mask_token", "<mask>"});
  parts.post_processor = make_roberta_post_processor(cls, sep);
  GF_ASSIGN(const bool trims, settings.flag("trim_offsets", true));
  if (trims) parts.post_processor.trimming = OffsetTrimming{options.add_prefix_space};
  return special.added();
}

/// The first GPT cuts words as BERT does.
Result<std::vector<AddedToken>> fill_openai_gpt(const TokenizerSettings& settings,
                                                const Vocabulary& vocabulary,
                                                TokenizerParts& parts) {
  parts.normalizer = std::make_unique<BertNormalizer>(BertNormalizerOptions{});
  parts.pre_tokenizer = make_bert_pre_tokenizer();
  parts.decoder = make_bpe_decoder(std::string(kEndOfWord));
  parts.post_processor = make_plain_post_processor();
  SpecialTokens special(settings, vocabulary);
  GF_TRY(special.require(kUnk));
  return special.added();
}

bool marks_word_ends(const std::vector<Merge>& merges) {
  for (const Merge& merge : merges) {
    if (merge.second.ends_with(kEndOfWord)) return true;
  }
  return false;
}

}  // namespace

Result<TokenizerParts> read_bpe_files(const TextFiles& files) {
  GF_ASSIGN(const std::string_view vocab_text, require_file(files, kVocabJson));
  GF_ASSIGN(const JsonDocument vocab, JsonDocument::parse(vocab_text, std::string(kVocabJson)));
  GF_ASSIGN(Vocabulary vocabulary, read_vocabulary(vocab.root(), "vocab"));
  GF_ASSIGN(const std::string_view merges_text, require_file(files, kMergesTxt));
  GF_ASSIGN(const std::vector<Merge> merges, read_merges(merges_text, kMergesTxt));
  GF_ASSIGN(const TokenizerSettings settings, TokenizerSettings::read(files));
  const bool is_ctrl =
      settings.tokenizer_class() == "CTRLTokenizer" || is_ctrl_vocabulary(vocabulary);
  if (is_ctrl) return make_ctrl(std::move(vocabulary), merges, settings);

  TokenizerParts parts;
  BpeOptions options;
  const bool is_openai_gpt = marks_word_ends(merges);
  GF_ASSIGN(const std::vector<AddedToken> added,
            is_openai_gpt ? fill_openai_gpt(settings, vocabulary, parts)
                          : fill_byte_level(settings, vocabulary, parts));
  if (is_openai_gpt) {
    options.end_of_word_suffix = kEndOfWord;
    options.unk_token = settings.special(kUnk).content;
  }
  GF_ASSIGN(parts.added_tokens,
            AddedTokens::create(added, vocabulary, parts.normalizer.get(), kVocabJson));
  GF_ASSIGN(Bpe model, Bpe::create(std::move(vocabulary), merges, std::move(options), kMergesTxt));
  parts.model = std::make_unique<Bpe>(std::move(model));
  return parts;
}

}  // namespace glassformer
