#include "text/tokenizer_files.h"

#include <string>

#include "text/bpe_files.h"
#include "text/marian.h"
#include "text/tokenizer_json.h"
#include "text/vocab_txt.h"

namespace glassformer {

namespace {

Result<TokenizerParts> read_json(const TextFiles& files) {
  GF_ASSIGN(const std::string_view text, require_file(files, kTokenizerJson));
  return read_tokenizer_json(text);
}

Result<TokenizerParts> read_bert(const TextFiles& files) {
  GF_ASSIGN(const std::string_view vocab, require_file(files, kVocabTxt));
  const auto config = files.find(kTokenizerConfigJson);
  return read_vocab_txt(vocab, config == files.end() ? "" : config->second);
}

/// A layout of files, and who reads it.
struct Layout {
  std::string_view name;  // the file that has to be there
  std::string_view also;  // another one, or ""
  Result<TokenizerParts> (*read)(const TextFiles& files);
};

/// In the order of preference.
constexpr Layout kLayouts[] = {
    {kTokenizerJson, "", read_json},
    {kVocabTxt, "", read_bert},
    {kSourceSpm, kVocabJson, read_marian},
    {kVocabJson, kMergesTxt, read_bpe_files},
};

}  // namespace

Result<TokenizerParts> read_tokenizer_files(const TextFiles& files) {
  for (const Layout& layout : kLayouts) {
    const bool complete = layout.also.empty() || files.contains(layout.also);
    if (files.contains(layout.name) && complete) return layout.read(files);
  }
  std::string layouts;
  for (const Layout& layout : kLayouts) {
    layouts += concat(layouts.empty() ? "" : "; ", layout.name, layout.also.empty() ? "" : " with ",
                      layout.also);
  }
  return fail(ErrorCode::kNotFound, "no tokeniser: expected ", layouts);
}

}  // namespace glassformer
