#include "text/sentencepiece.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "text/bpe.h"
#include "text/precompiled.h"
#include "text/spm_file.h"
#include "text/tokenizer_settings.h"
#include "text/unigram.h"

namespace glassformer {

namespace {

using Names = std::span<const NamedToken>;

/// A tokeniser on its way: what the files say, and the parts so far.
struct Build {
  const SpmFile& file;
  const TokenizerSettings& settings;
  std::string_view source;
  std::vector<ScoredToken> vocabulary = {};
  std::vector<AddedToken> added = {};  // besides the special ones
  TokenizerParts parts = {};

  AddedToken token(const NamedToken& named) const { return settings.special(named); }
};

/// The tokeniser class of a family, its special tokens, and how its parts are put together: what
/// they are before the special tokens have ids, and the post-processor that needs them.
struct Family {
  std::string_view tokenizer_class;
  Names special;
  Result<void> (*build)(Build& build);
  Result<PostProcessor> (*post_process)(const Build& build);
};

constexpr NamedToken kBos{"bos_token", "<s>"}, kEos{"eos_token", "</s>"};
constexpr NamedToken kCls{"cls_token", "<s>"}, kSep{"sep_token", "</s>"};
constexpr NamedToken kUnk{"unk_token", "<unk>"}, kPad{"pad_token", "<pad>"};
constexpr NamedToken kMask{"mask_token", "<mask>"}, kGreedyMask{"mask_token", "<mask>", true};
constexpr NamedToken kAlbertBos{"bos_token", "[CLS]"}, kAlbertEos{"eos_token", "[SEP]"};
constexpr NamedToken kAlbertCls{"cls_token", "[CLS]"}, kAlbertSep{"sep_token", "[SEP]"};
constexpr NamedToken kAlbertMask{"mask_token", "[MASK]"};
constexpr NamedToken kPegasusMask{"mask_token", "<mask_2>"};

constexpr NamedToken kAlbertTokens[] = {kAlbertBos, kAlbertEos, kUnk,       kAlbertSep,
                                        kPad,       kAlbertCls, kAlbertMask};
constexpr NamedToken kFairseqTokens[] = {kBos, kEos, kUnk, kSep, kPad, kCls, kMask};
constexpr NamedToken kGreedyFairseqTokens[] = {kBos, kEos, kUnk, kSep, kPad, kCls, kGreedyMask};
constexpr NamedToken kT5Tokens[] = {kEos, kUnk, kPad};
constexpr NamedToken kPegasusTokens[] = {kEos, kUnk, kPad, kPegasusMask};
constexpr NamedToken kLlamaTokens[] = {kBos, kEos, kUnk};

constexpr std::string_view kLanguages[] = {
    "ar_AR", "cs_CZ", "de_DE", "en_XX", "es_XX", "et_EE", "fi_FI", "fr_XX", "gu_IN",
    "hi_IN", "it_IT", "ja_XX", "kk_KZ", "ko_KR", "lt_LT", "lv_LV", "my_MM", "ne_NP",
    "nl_XX", "ro_RO", "ru_RU", "si_LK", "tr_TR", "vi_VN", "zh_CN"};
constexpr std::string_view kMoreLanguages[] = {
    "af_ZA", "az_AZ", "bn_IN", "fa_IR", "he_IL", "hr_HR", "id_ID", "ka_GE", "km_KH",
    "mk_MK", "ml_IN", "mn_MN", "mr_IN", "pl_PL", "ps_AF", "pt_XX", "sv_SE", "sw_KE",
    "ta_IN", "te_IN", "th_TH", "tl_XX", "uk_UA", "ur_PK", "xh_ZA", "gl_ES", "sl_SI"};

// Parts in the reference's own format.

constexpr std::string_view kSpaceRuns =
    R"({"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "})";
constexpr std::string_view kQuotes =
    R"({"type":"Replace","pattern":{"String":"``"},"content":"\""},)"
    R"({"type":"Replace","pattern":{"String":"''"},"content":"\""})";
constexpr std::string_view kPlainLetters = R"({"type":"NFKD"},{"type":"StripAccents"})";
constexpr std::string_view kLowercase = R"({"type":"Lowercase"})";
constexpr std::string_view kCamembertBlanks =
    R"({"type":"Replace","pattern":{"Regex":"\\s{2,}|[\\n\\r\\t]"},"content":" "},)"
    R"({"type":"Strip","strip_left":false,"strip_right":true})";
constexpr std::string_view kLlamaDecoder =
    R"({"type":"Replace","pattern":{"String":"▁"},"content":" "},)"
    R"({"type":"ByteFallback"},{"type":"Fuse"})";
constexpr std::string_view kStripBlank = R"(,{"type":"Strip","content":" ","start":1,"stop":0})";

/// A part of our own text, by its reader.
template <class Part>
Result<Part> make_part(const std::string& json, Result<Part> (*read)(const JsonValue& value)) {
  GF_ASSIGN(const JsonDocument document, JsonDocument::parse(json, "a part"));
  return read(document.root());
}

/// Nothing where there are no steps.
Result<void> set_normalizer(Build& build, const std::string& steps) {
  if (steps.empty()) return {};
  const std::string json = concat(R"({"type":"Sequence","normalizers":[)", steps, "]}");
  GF_ASSIGN(build.parts.normalizer, make_part(json, read_normalizer));
  return {};
}

/// The file's table of rules, and then these steps.
Result<void> set_rules(Build& build, const std::string& steps = "") {
  GF_TRY(set_normalizer(build, steps));
  GF_ASSIGN(Charsmap rules, Charsmap::parse(build.file.charsmap, build.source));
  if (rules.empty()) return {};
  std::vector<std::unique_ptr<Normalizer>> both;
  both.push_back(make_precompiled(std::move(rules)));
  if (build.parts.normalizer) both.push_back(std::move(build.parts.normalizer));
  build.parts.normalizer = make_normalizer_sequence(std::move(both));
  return {};
}

enum class Words : uint8_t { kWhole, kBetweenBlanks };

/// Blanks made visible, in words between white space or in the text as a whole.
Result<void> set_blanks(Build& build, Words words, PrependScheme prepend) {
  const MetaspaceOptions options{.prepend = prepend};
  build.parts.pre_tokenizer = make_metaspace(options);
  if (words == Words::kBetweenBlanks) {
    std::vector<std::unique_ptr<PreTokenizer>> steps;
    steps.push_back(make_whitespace_split());
    steps.push_back(std::move(build.parts.pre_tokenizer));
    build.parts.pre_tokenizer = make_pre_tokenizer_sequence(std::move(steps));
  }
  build.parts.decoder = make_metaspace_decoder(options);
  return {};
}

Result<PrependScheme> read_prepend(const Build& build) {
  GF_ASSIGN(const bool adds, build.settings.flag("add_prefix_space", true));
  return adds ? PrependScheme::kAlways : PrependScheme::kNever;
}

Result<void> set_unigram(Build& build, int32_t unk_id) {
  GF_ASSIGN(Unigram model, Unigram::create(build.vocabulary, {.unk_id = unk_id}, build.source));
  build.parts.model = std::make_unique<Unigram>(std::move(model));
  return {};
}

void append_pieces(Build& build, size_t first) {
  for (size_t i = first; i < build.file.pieces.size(); ++i) {
    build.vocabulary.push_back({build.file.pieces[i].text, build.file.pieces[i].score});
  }
}

void append_tokens(Build& build, std::initializer_list<NamedToken> tokens) {
  for (const NamedToken& named : tokens)
    build.vocabulary.push_back({build.token(named).content, 0});
}

/// A token that is special though it has no role.
void add_extra_token(Build& build, std::string content) {
  build.added.push_back({.content = std::move(content), .special = true});
}

/// Ids of tokens by their text: of the added ones, else the model's.
Result<std::vector<SpecialToken>> number_tokens(const Build& build,
                                                std::vector<std::string> contents) {
  std::vector<SpecialToken> tokens;
  for (std::string& content : contents) {
    auto id = build.parts.added_tokens.find(content);
    if (!id) id = build.parts.model->vocabulary().find(content);
    if (!id) {
      return fail(ErrorCode::kInvalidFormat, build.source, ": token '", content, "' is missing");
    }
    tokens.push_back({*id, std::move(content)});
  }
  return tokens;
}

Result<std::vector<SpecialToken>> number_tokens(const Build& build,
                                                std::initializer_list<NamedToken> tokens) {
  std::vector<std::string> contents;
  for (const NamedToken& named : tokens) contents.push_back(build.token(named).content);
  return number_tokens(build, std::move(contents));
}

// T5 and mT5: the pieces, and behind them the tokens for what is left out.

Result<void> build_t5(Build& build) {
  constexpr int32_t kUnkId = 2;
  append_pieces(build, 0);
  GF_ASSIGN(const size_t extra, build.settings.count("extra_ids", 100));
  for (size_t i = extra; i-- > 0;) {
    build.vocabulary.push_back({concat("<extra_id_", i, ">"), 0});
  }
  for (size_t i = 0; i < extra; ++i) add_extra_token(build, concat("<extra_id_", i, ">"));
  GF_TRY(set_rules(build));
  GF_TRY(set_blanks(build, Words::kBetweenBlanks, PrependScheme::kAlways));
  return set_unigram(build, kUnkId);
}

/// "$A </s>" and "$A </s> $B </s>".
Result<PostProcessor> end_each_text(const Build& build) {
  GF_ASSIGN(const auto end, number_tokens(build, {kEos}));
  return make_ending_post_processor(end);
}

// ALBERT: quotes, accents and case; the file's rules are not used.

Result<void> build_albert(Build& build) {
  constexpr int32_t kUnkId = 1;
  append_pieces(build, 0);
  GF_ASSIGN(const bool keeps_accents, build.settings.flag("keep_accents", false));
  GF_ASSIGN(const bool lowers, build.settings.flag("do_lower_case", true));
  std::string steps = concat(kQuotes, ",", kPlainLetters, ",", kLowercase, ",", kSpaceRuns);
  if (!keeps_accents) steps += concat(",", kPlainLetters);
  if (lowers) steps += concat(",", kLowercase);
  GF_TRY(set_normalizer(build, concat(steps, ",", kSpaceRuns)));
  GF_ASSIGN(const PrependScheme prepend, read_prepend(build));
  GF_TRY(set_blanks(build, Words::kBetweenBlanks, prepend));
  return set_unigram(build, kUnkId);
}

Result<PostProcessor> surround_albert(const Build& build) {
  GF_ASSIGN(const auto tokens, number_tokens(build, {kAlbertCls, kAlbertSep}));
  return make_bert_post_processor(tokens[0], tokens[1]);
}

// fairseq's models: four tokens in an order of its own, and the pieces behind SentencePiece's
// three.

constexpr int32_t kFairseqUnkId = 3;
constexpr size_t kFairseqPieces = 3;

Result<void> build_xlm_roberta(Build& build) {
  append_tokens(build, {kBos, kPad, kEos, kUnk});
  append_pieces(build, kFairseqPieces);
  append_tokens(build, {kMask});
  GF_TRY(set_rules(build));
  GF_ASSIGN(const PrependScheme prepend, read_prepend(build));
  GF_TRY(set_blanks(build, Words::kBetweenBlanks, prepend));
  return set_unigram(build, kFairseqUnkId);
}

/// "<s> $A </s>" and "<s> $A </s> </s> $B </s>".
Result<PostProcessor> surround_fairseq(const Build& build) {
  GF_ASSIGN(const auto tokens, number_tokens(build, {kBos, kEos}));
  return make_roberta_post_processor(tokens[0], tokens[1]);
}

/// Keeps SentencePiece's own <s> and </s> behind five tokens, and has no use for the file's rules.
Result<void> build_camembert(Build& build) {
  constexpr double kNeverUsed = -100;
  build.vocabulary.push_back({"<s>NOTUSED", 0});
  append_tokens(build, {kPad});
  build.vocabulary.push_back({"</s>NOTUSED", 0});
  append_tokens(build, {kUnk});
  build.vocabulary.push_back({"<unk>NOTUSED", kNeverUsed});
  append_pieces(build, 1);
  append_tokens(build, {kMask});
  GF_TRY(set_normalizer(build, std::string(kCamembertBlanks)));
  GF_ASSIGN(const PrependScheme prepend, read_prepend(build));
  GF_TRY(set_blanks(build, Words::kWhole, prepend));
  return set_unigram(build, kFairseqUnkId);
}

void append_mbart_vocabulary(Build& build, std::span<const std::string_view> languages) {
  append_tokens(build, {kBos, kPad, kEos, kUnk});
  append_pieces(build, kFairseqPieces);
  for (const std::string_view language : languages) {
    build.vocabulary.push_back({std::string(language), 0});
    add_extra_token(build, std::string(language));
  }
  append_tokens(build, {kMask});
}

Result<void> build_mbart(Build& build) {
  append_mbart_vocabulary(build, kLanguages);
  GF_TRY(set_blanks(build, Words::kBetweenBlanks, PrependScheme::kAlways));
  return set_unigram(build, kFairseqUnkId);
}

Result<void> build_mbart50(Build& build) {
  std::vector<std::string_view> languages(std::begin(kLanguages), std::end(kLanguages));
  languages.insert(languages.end(), std::begin(kMoreLanguages), std::end(kMoreLanguages));
  append_mbart_vocabulary(build, languages);
  GF_TRY(set_rules(build, std::string(kSpaceRuns)));
  GF_TRY(set_blanks(build, Words::kWhole, PrependScheme::kAlways));
  return set_unigram(build, kFairseqUnkId);
}

/// The end of the text and the language it is in.
Result<std::vector<SpecialToken>> number_eos_and_language(const Build& build) {
  GF_ASSIGN(std::string language, build.settings.text("src_lang", "en_XX"));
  return number_tokens(build, std::vector{build.token(kEos).content, std::move(language)});
}

/// "$A </s> en_XX" and "$A $B </s> en_XX".
Result<PostProcessor> end_with_language(const Build& build) {
  GF_ASSIGN(const auto tokens, number_eos_and_language(build));
  return make_affix_post_processor({}, tokens);
}

/// "en_XX $A </s>" and "en_XX $A $B </s>".
Result<PostProcessor> begin_with_language(const Build& build) {
  GF_ASSIGN(const auto tokens, number_eos_and_language(build));
  return make_affix_post_processor({tokens[1]}, {tokens[0]});
}

// Pegasus: its pieces come behind 105 tokens that only training needs.

Result<void> build_pegasus(Build& build) {
  constexpr double kNeverUsed = -100;
  GF_ASSIGN(const size_t offset, build.settings.count("offset", 103));
  GF_ASSIGN(const std::string sentence_mask, build.settings.text("mask_token_sent", "<mask_1>"));
  append_tokens(build, {kPad, kEos});
  build.vocabulary.push_back({sentence_mask, 0});
  append_tokens(build, {kPegasusMask});
  add_extra_token(build, sentence_mask);
  for (size_t i = 2; i < offset; ++i) {
    build.vocabulary.push_back({concat("<unk_", i, ">"), kNeverUsed});
    add_extra_token(build, concat("<unk_", i, ">"));
  }
  append_pieces(build, 2);
  GF_TRY(set_rules(build, std::string(kSpaceRuns)));
  GF_TRY(set_blanks(build, Words::kWhole, PrependScheme::kAlways));
  const auto unk =
      std::ranges::find(build.vocabulary, build.token(kUnk).content, &ScoredToken::token);
  return set_unigram(build, static_cast<int32_t>(unk - build.vocabulary.begin()));
}

/// "$A </s>" and "$A $B </s>".
Result<PostProcessor> end_all_texts(const Build& build) {
  GF_ASSIGN(const auto end, number_tokens(build, {kEos}));
  return make_affix_post_processor({}, end);
}

// Llama: SentencePiece's BPE, which keeps no merges. Every way to make a piece of two others is
// one, in the order of the pieces.

Result<std::vector<Merge>> list_merges(const Build& build, const Vocabulary& vocabulary) {
  std::vector<Merge> merges;
  for (const SpmPiece& piece : build.file.pieces) {
    for (size_t cut = 1; cut < piece.text.size(); ++cut) {
      const bool within_character = (piece.text[cut] & 0xC0) == 0x80;
      if (within_character) continue;
      std::string left = piece.text.substr(0, cut), right = piece.text.substr(cut);
      if (vocabulary.find(left) && vocabulary.find(right)) {
        merges.emplace_back(std::move(left), std::move(right));
      }
    }
  }
  return merges;
}

Result<void> build_llama(Build& build) {
  std::vector<Vocabulary::Entry> entries;
  for (size_t id = 0; id < build.file.pieces.size(); ++id) {
    entries.push_back({build.file.pieces[id].text, static_cast<int64_t>(id)});
  }
  GF_ASSIGN(Vocabulary vocabulary, Vocabulary::create(std::move(entries), build.source));
  GF_ASSIGN(const std::vector<Merge> merges, list_merges(build, vocabulary));
  BpeOptions options;
  options.fuse_unk = options.byte_fallback = true;
  GF_ASSIGN(Bpe model,
            Bpe::create(std::move(vocabulary), merges, std::move(options), build.source));
  build.parts.model = std::make_unique<Bpe>(std::move(model));

  GF_ASSIGN(const bool adds_blank, build.settings.flag("add_prefix_space", true));
  GF_ASSIGN(const bool legacy, build.settings.flag("legacy", false));
  const PrependScheme prepend = !adds_blank ? PrependScheme::kNever
                                : legacy    ? PrependScheme::kAlways
                                            : PrependScheme::kFirst;
  build.parts.pre_tokenizer = make_metaspace({.prepend = prepend, .split = false});
  const std::string decoder = concat(R"({"type":"Sequence","decoders":[)", kLlamaDecoder,
                                     adds_blank ? kStripBlank : "", "]}");
  GF_ASSIGN(build.parts.decoder, make_part(decoder, read_decoder));
  return {};
}

/// "<s>" and "</s>" where the settings ask for them.
Result<PostProcessor> surround_llama(const Build& build) {
  GF_ASSIGN(const bool adds_bos, build.settings.flag("add_bos_token", false));
  GF_ASSIGN(const bool adds_eos, build.settings.flag("add_eos_token", false));
  GF_ASSIGN(auto tokens, number_tokens(build, {kBos, kEos}));
  std::vector<SpecialToken> prefix, suffix;
  if (adds_bos) prefix.push_back(tokens[0]);
  if (adds_eos) suffix.push_back(tokens[1]);
  return make_enclosing_post_processor(prefix, suffix);
}

constexpr Family kFamilies[] = {
    {"AlbertTokenizer", kAlbertTokens, build_albert, surround_albert},
    {"CamembertTokenizer", kGreedyFairseqTokens, build_camembert, surround_fairseq},
    {"LlamaTokenizer", kLlamaTokens, build_llama, surround_llama},
    {"MBart50Tokenizer", kGreedyFairseqTokens, build_mbart50, begin_with_language},
    {"MBartTokenizer", kGreedyFairseqTokens, build_mbart, end_with_language},
    {"PegasusTokenizer", kPegasusTokens, build_pegasus, end_all_texts},
    {"T5Tokenizer", kT5Tokens, build_t5, end_each_text},
    {"XLMRobertaTokenizer", kFairseqTokens, build_xlm_roberta, surround_fairseq},
};

Result<const Family*> find_family(const TokenizerSettings& settings, const SpmFile& file,
                                  std::string_view name) {
  const std::string& wanted = settings.tokenizer_class();
  std::string known;
  for (const Family& family : kFamilies) {
    if (family.tokenizer_class == wanted) {
      const bool needs_bpe = family.build == build_llama;
      if (needs_bpe == (file.model_type == SpmModelType::kBpe)) return &family;
      return fail(ErrorCode::kUnsupported, name, ": a model of type ",
                  needs_bpe ? "Unigram" : "BPE", " is not supported for ", wanted);
    }
    known += concat(known.empty() ? "" : ", ", family.tokenizer_class);
  }
  return fail(ErrorCode::kUnsupported, name, ": tokenizer_class '", wanted,
              "' is not supported; supported: ", known);
}

/// SentencePiece's control symbols and the user's own, which text may hold.
std::vector<AddedToken> symbols_of(const SpmFile& file) {
  std::vector<AddedToken> tokens;
  for (const SpmPiece& piece : file.pieces) {
    const bool is_control = piece.type == SpmPiece::Type::kControl;
    if (!is_control && piece.type != SpmPiece::Type::kUserDefined) continue;
    tokens.push_back({.content = piece.text, .special = is_control});
  }
  return tokens;
}

}  // namespace

Result<TokenizerParts> read_sentencepiece(const TextFiles& files, std::string_view name) {
  GF_ASSIGN(const TokenizerSettings settings, TokenizerSettings::read(files));
  GF_ASSIGN(const std::string_view bytes, require_file(files, name));
  GF_ASSIGN(const SpmFile file, read_spm_file(bytes, name));
  GF_ASSIGN(const Family* const family, find_family(settings, file, name));
  Build build{.file = file, .settings = settings, .source = name};
  build.added = symbols_of(file);
  GF_TRY(family->build(build));
  const std::vector<AddedToken> added = settings.added_tokens(family->special, build.added);
  GF_ASSIGN(build.parts.added_tokens, AddedTokens::create(added, build.parts.model->vocabulary(),
                                                          build.parts.normalizer.get(), name));
  GF_ASSIGN(build.parts.post_processor, family->post_process(build));
  return std::move(build.parts);
}

}  // namespace glassformer
