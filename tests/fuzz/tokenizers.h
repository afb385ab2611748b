// Fuzz targets that read the files of tokenisers, and text with them.
#pragma once

#include <string_view>

namespace glassformer::fuzz {

/// A tokenizer.json; one that loads tokenises a text and decodes it.
void read_tokenizer_json(std::string_view bytes);

/// A SentencePiece model in every kind of folder that may hold one.
void read_sentencepiece(std::string_view bytes);

/// The older layouts: files with a name in their first line each, separated by zero bytes.
void read_tokenizer_files(std::string_view bytes);

/// A text, with the vocabulary that its first byte chooses; and the same bytes as ids to decode.
void tokenize_bytes(std::string_view bytes);

}  // namespace glassformer::fuzz
