// The files of a model folder that a tokeniser may be made of, by name.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"

namespace glassformer {

/// Contents by name; views that outlive the call.
using TextFiles = std::map<std::string, std::string_view, std::less<>>;

inline constexpr std::string_view kTokenizerConfigJson = "tokenizer_config.json";
inline constexpr std::string_view kConfigJson = "config.json";

/// The names that Tokenizer::from_files knows, for whoever collects files.
inline constexpr std::string_view kTokenizerFiles[] = {
    "tokenizer.json",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
    "source.spm",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "config.json",
};

/// The contents of a file; kNotFound names it.
Result<std::string_view> require_file(const TextFiles& files, std::string_view name);

/// A JSON object; an empty one where the file is missing.
Result<JsonDocument> read_json_file(const TextFiles& files, std::string_view name);

}  // namespace glassformer
