#include "text/decoder.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "text/byte_alphabet.h"
#include "text/byte_tokens.h"
#include "text/fields.h"
#include "text/pattern.h"
#include "text/registry.h"

namespace glassformer {

namespace {

using Tokens = std::vector<std::string>;
using DecoderResult = Result<std::unique_ptr<Decoder>>;

using Replacement = std::pair<std::string_view, std::string_view>;

void replace_all(std::string& text, const Replacement& replacement) {
  const auto& [from, to] = replacement;
  std::string out;
  size_t last = 0;
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, last)) {
    out.append(text, last, at - last).append(to);
    last = at + from.size();
  }
  text = out.append(text, last);
}

void replace_all(std::string& text, std::span<const Replacement> replacements) {
  for (const Replacement& replacement : replacements) replace_all(text, replacement);
}

constexpr Replacement kPunctuationBlanks[] = {{" .", "."},  {" ?", "?"},  {" !", "!"},
                                              {" ,", ","},  {" ' ", "'"}, {" n't", "n't"},
                                              {" 'm", "'m"}};
constexpr Replacement kContractionBlanks[] = {{" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};

std::string join(const Tokens& tokens) {
  std::string text;
  for (const std::string& token : tokens) text += token;
  return text;
}

/// Ill-formed UTF-8 becomes U+FFFD.
std::string well_formed(std::string_view bytes) { return to_utf8(to_utf32(bytes)); }

bool is_well_formed(std::string_view bytes) { return well_formed(bytes) == bytes; }

struct WordPieceDecoderOptions {
  std::string prefix = "##";
  bool cleanup = true;
};

class WordPieceDecoder : public Decoder {
 public:
  explicit WordPieceDecoder(WordPieceDecoderOptions options) : options_(std::move(options)) {}

  void decode(Tokens& tokens) const override {
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (i > 0) attach(tokens[i]);
      if (options_.cleanup) clean_up(tokens[i]);
    }
  }

 private:
  void attach(std::string& token) const {
    if (token.starts_with(options_.prefix)) {
      token.erase(0, options_.prefix.size());
    } else {
      token.insert(0, 1, ' ');
    }
  }

  static void clean_up(std::string& token) {
    replace_all(token, kPunctuationBlanks);
    replace_all(token, Replacement{" do not", " don't"});
    replace_all(token, kContractionBlanks);
  }

  WordPieceDecoderOptions options_;
};

class ByteLevelDecoder : public Decoder {
 public:
  void decode(Tokens& tokens) const override {
    std::string bytes;
    for (const std::string& token : tokens) bytes += bytes_of(token).value_or(token);
    tokens = {well_formed(bytes)};
  }

 private:
  /// Nothing where a character is none of the alphabet's.
  static std::optional<std::string> bytes_of(const std::string& token) {
    std::string bytes;
    for (const char32_t c : to_utf32(token)) {
      const auto byte = byte_of_character(c);
      if (!byte) return std::nullopt;
      bytes += static_cast<char>(*byte);
    }
    return bytes;
  }
};

class MetaspaceDecoder : public Decoder {
 public:
  explicit MetaspaceDecoder(const MetaspaceOptions& options)
      : drops_first_(options.prepend != PrependScheme::kNever) {
    append_utf8(blank_, options.replacement);
  }

  void decode(Tokens& tokens) const override {
    for (size_t i = 0; i < tokens.size(); ++i) {
      replace_all(tokens[i], Replacement{blank_, i == 0 && drops_first_ ? "" : " "});
    }
  }

 private:
  std::string blank_;
  bool drops_first_;
};

class BpeDecoder : public Decoder {
 public:
  explicit BpeDecoder(std::string suffix) : suffix_(std::move(suffix)) {}

  void decode(Tokens& tokens) const override {
    if (suffix_.empty()) return;
    for (size_t i = 0; i < tokens.size(); ++i) {
      replace_all(tokens[i], Replacement{suffix_, i + 1 == tokens.size() ? "" : " "});
    }
  }

 private:
  std::string suffix_;
};

class ByteFallbackDecoder : public Decoder {
 public:
  void decode(Tokens& tokens) const override {
    Tokens out;
    std::string bytes;
    for (std::string& token : tokens) {
      if (const auto byte = byte_of_token(token)) {
        bytes += static_cast<char>(*byte);
        continue;
      }
      append_bytes(bytes, out);
      out.push_back(std::move(token));
    }
    append_bytes(bytes, out);
    tokens = std::move(out);
  }

 private:
  /// One U+FFFD for each byte of a run that is no text.
  static void append_bytes(std::string& bytes, Tokens& out) {
    if (is_well_formed(bytes)) {
      if (!bytes.empty()) out.push_back(bytes);
    } else {
      out.insert(out.end(), bytes.size(), to_utf8({&kReplacementCharacter, 1}));
    }
    bytes.clear();
  }
};

class FuseDecoder : public Decoder {
 public:
  void decode(Tokens& tokens) const override { tokens = {join(tokens)}; }
};

class ReplaceDecoder : public Decoder {
 public:
  ReplaceDecoder(Pattern pattern, std::string content)
      : pattern_(std::move(pattern)), content_(std::move(content)) {}

  void decode(Tokens& tokens) const override {
    for (std::string& token : tokens) token = replaced(token);
  }

 private:
  std::string replaced(const std::string& token) const {
    const std::vector<CodePoint> chars = decode_text(token);
    std::string out;
    size_t next = 0;
    const auto append_until = [&](size_t end) {
      for (; next < end; ++next) append_utf8(out, chars[next].value);
    };
    for (const Pattern::Match& match : pattern_.find_all(chars)) {
      append_until(match.begin);
      out += content_;
      next = match.end;
    }
    append_until(chars.size());
    return out;
  }

  Pattern pattern_;
  std::string content_;
};

struct StripDecoderOptions {
  char32_t content = ' ';
  size_t start = 0, stop = 0;  // at most so many at either end
};

class StripDecoder : public Decoder {
 public:
  explicit StripDecoder(const StripDecoderOptions& options) : options_(options) {}

  void decode(Tokens& tokens) const override {
    for (std::string& token : tokens) token = stripped(to_utf32(token));
  }

 private:
  std::string stripped(std::u32string_view chars) const {
    const auto is_other = [this](char32_t c) { return c != options_.content; };
    const auto leading = std::find_if(chars.begin(), chars.end(), is_other) - chars.begin();
    chars.remove_prefix(std::min(options_.start, static_cast<size_t>(leading)));
    const auto trailing = std::find_if(chars.rbegin(), chars.rend(), is_other) - chars.rbegin();
    chars.remove_suffix(std::min(options_.stop, static_cast<size_t>(trailing)));
    return to_utf8(chars);
  }

  StripDecoderOptions options_;
};

class DecoderSequence : public Decoder {
 public:
  explicit DecoderSequence(std::vector<std::unique_ptr<Decoder>> steps)
      : steps_(std::move(steps)) {}

  void decode(Tokens& tokens) const override {
    for (const auto& step : steps_) step->decode(tokens);
  }

 private:
  std::vector<std::unique_ptr<Decoder>> steps_;
};

template <class Kind, class... Arguments>
std::unique_ptr<Decoder> make(Arguments&&... arguments) {
  return std::make_unique<Kind>(std::forward<Arguments>(arguments)...);
}

template <class Kind>
DecoderResult make_plain(const JsonValue&) {
  return make<Kind>();
}

DecoderResult read_word_piece_decoder(const JsonValue& value) {
  WordPieceDecoderOptions options;
  GF_ASSIGN(options.prefix, read_string(value, "prefix"));
  GF_ASSIGN(options.cleanup, read_flag(value, "cleanup"));
  return make<WordPieceDecoder>(std::move(options));
}

DecoderResult read_metaspace_decoder(const JsonValue& value) {
  GF_ASSIGN(const MetaspaceOptions options, read_metaspace_options(value));
  return make_metaspace_decoder(options);
}

DecoderResult read_bpe_decoder(const JsonValue& value) {
  GF_ASSIGN(std::string suffix, read_string(value, "suffix"));
  return make_bpe_decoder(std::move(suffix));
}

DecoderResult read_replace_decoder(const JsonValue& value) {
  GF_ASSIGN(Pattern pattern, read_pattern(value));
  GF_ASSIGN(std::string content, read_string(value, "content"));
  return make<ReplaceDecoder>(std::move(pattern), std::move(content));
}

Result<size_t> read_count(const JsonValue& value, std::string_view key) {
  GF_ASSIGN(const JsonValue field, value.at(key));
  GF_ASSIGN(const int64_t count, field.integer(key));
  if (count < 0)
    return fail(ErrorCode::kInvalidFormat, value.document(), ": '", key, "' is negative");
  return static_cast<size_t>(count);
}

DecoderResult read_strip_decoder(const JsonValue& value) {
  StripDecoderOptions options;
  GF_ASSIGN(const std::string content, read_string(value, "content"));
  const std::u32string chars = to_utf32(content);
  if (chars.size() != 1) {
    return fail(ErrorCode::kInvalidFormat, value.document(),
                ": 'content': expected one character, got '", content, "'");
  }
  options.content = chars[0];
  GF_ASSIGN(options.start, read_count(value, "start"));
  GF_ASSIGN(options.stop, read_count(value, "stop"));
  return make<StripDecoder>(options);
}

DecoderResult read_sequence(const JsonValue& value) {
  GF_ASSIGN(auto steps, read_parts(value, "decoders", read_decoder));
  return make<DecoderSequence>(std::move(steps));
}

constexpr PartReader<std::unique_ptr<Decoder>> kDecoders[] = {
    {"BPEDecoder", read_bpe_decoder},
    {"ByteFallback", make_plain<ByteFallbackDecoder>},
    {"ByteLevel", make_plain<ByteLevelDecoder>},
    {"Fuse", make_plain<FuseDecoder>},
    {"Metaspace", read_metaspace_decoder},
    {"Replace", read_replace_decoder},
    {"Sequence", read_sequence},
    {"Strip", read_strip_decoder},
    {"WordPiece", read_word_piece_decoder},
};

}  // namespace

std::unique_ptr<Decoder> make_word_piece_decoder() {
  return make<WordPieceDecoder>(WordPieceDecoderOptions{});
}

std::unique_ptr<Decoder> make_byte_level_decoder() { return make<ByteLevelDecoder>(); }

std::unique_ptr<Decoder> make_metaspace_decoder(const MetaspaceOptions& options) {
  return make<MetaspaceDecoder>(options);
}

std::unique_ptr<Decoder> make_bpe_decoder(std::string suffix) {
  return make<BpeDecoder>(std::move(suffix));
}

DecoderResult read_decoder(const JsonValue& value) {
  return read_part<std::unique_ptr<Decoder>>(value, "decoder", kDecoders);
}

std::string clean_up_blanks(std::string text) {
  replace_all(text, kPunctuationBlanks);
  replace_all(text, kContractionBlanks);
  return text;
}

}  // namespace glassformer
