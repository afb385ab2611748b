#include "text/tokenizer_json.h"

#include <utility>

#include "core/json.h"

namespace glassformer {

namespace {

Result<void> check_version(const JsonValue& root) {
  constexpr std::string_view kSupported = "1.0";
  const auto field = root.find("version");
  if (!field) return {};
  GF_ASSIGN(const std::string version, field->string("version"));
  if (version == kSupported) return {};
  return fail(ErrorCode::kUnsupported, root.document(), ": version '", version,
              "' is not supported; supported: ", kSupported);
}

}  // namespace

Result<TokenizerParts> read_tokenizer_json(std::string_view text) {
  GF_ASSIGN(const JsonDocument document, JsonDocument::parse(text, std::string(kTokenizerJson)));
  const JsonValue root = document.root();
  GF_TRY(check_version(root));

  TokenizerParts parts;
  GF_ASSIGN(const JsonValue model, root.at("model"));
  GF_ASSIGN(parts.model, read_token_model(model));
  if (const auto normalizer = root.find("normalizer")) {
    GF_ASSIGN(parts.normalizer, read_normalizer(*normalizer));
  }
  if (const auto pre_tokenizer = root.find("pre_tokenizer")) {
    GF_ASSIGN(parts.pre_tokenizer, read_pre_tokenizer(*pre_tokenizer));
  }
  parts.post_processor = make_plain_post_processor();
  if (const auto post_processor = root.find("post_processor")) {
    GF_ASSIGN(parts.post_processor, read_post_processor(*post_processor));
  }
  if (const auto decoder = root.find("decoder")) {
    GF_ASSIGN(parts.decoder, read_decoder(*decoder));
  }
  std::vector<AddedToken> added_tokens;
  if (const auto list = root.find("added_tokens")) {
    GF_ASSIGN(added_tokens, read_added_tokens(*list));
  }
  GF_ASSIGN(parts.added_tokens, AddedTokens::create(added_tokens, parts.model->vocabulary(),
                                                    parts.normalizer.get(), kTokenizerJson));
  return parts;
}

}  // namespace glassformer
