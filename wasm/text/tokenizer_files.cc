#include "text/tokenizer_files.h"

#include <string>

#include "text/bpe_files.h"
#include "text/fields.h"
#include "text/marian.h"
#include "text/sentencepiece.h"
#include "text/tokenizer_json.h"
#include "text/vocab_txt.h"

namespace glassformer {

namespace {

Result<TokenizerParts> read_json(const TextFiles& files) {
  GF_ASSIGN(const std::string_view text, require_file(files, kTokenizerJson));
  return read_tokenizer_json(text);
}

constexpr std::string_view kSpiece = "spiece.model", kSpmBpe = "sentencepiece.bpe.model",
                           kSpmModel = "tokenizer.model";

template <const std::string_view& name>
Result<TokenizerParts> read_spm(const TextFiles& files) {
  return read_sentencepiece(files, name);
}

/// A layout of files, and who reads it.
struct Layout {
  std::string_view name;  // the file that has to be there
  std::string_view also;  // another one, or ""
  Result<TokenizerParts> (*read)(const TextFiles& files);
};

/// In the order of preference.
constexpr Layout kLayouts[] = {
    {kTokenizerJson, "", read_json},       {kVocabTxt, "", read_vocab_txt},
    {kSourceSpm, kVocabJson, read_marian}, {kVocabJson, kMergesTxt, read_bpe_files},
    {kSpiece, "", read_spm<kSpiece>},      {kSpmBpe, "", read_spm<kSpmBpe>},
    {kSpmModel, "", read_spm<kSpmModel>},
};

/// Whether the reference would clean decoded text up.
Result<bool> cleans_up(const TextFiles& files, const TokenModel& model) {
  GF_ASSIGN(const JsonDocument config, read_json_file(files, kTokenizerConfigJson));
  GF_ASSIGN(const bool wanted, read_flag_or(config.root(), "clean_up_tokenization_spaces", false));
  return wanted && !model.keeps_blanks();
}

}  // namespace

Result<TokenizerParts> read_tokenizer_files(const TextFiles& files) {
  for (const Layout& layout : kLayouts) {
    const bool complete = layout.also.empty() || files.contains(layout.also);
    if (!files.contains(layout.name) || !complete) continue;
    GF_ASSIGN(TokenizerParts parts, layout.read(files));
    GF_ASSIGN(parts.cleans_up, cleans_up(files, *parts.model));
    return parts;
  }
  std::string layouts;
  for (const Layout& layout : kLayouts) {
    layouts += concat(layouts.empty() ? "" : "; ", layout.name, layout.also.empty() ? "" : " with ",
                      layout.also);
  }
  return fail(ErrorCode::kNotFound, "no tokeniser: expected ", layouts);
}

}  // namespace glassformer
