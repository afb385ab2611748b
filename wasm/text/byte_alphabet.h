// GPT-2's alphabet: every byte as a printable character, so that a vocabulary of bytes is one of
// text.
#pragma once

#include <cstdint>
#include <optional>

namespace glassformer {

/// The character that stands for a byte: itself where it prints, else one from U+0100 on.
char32_t character_of_byte(uint8_t byte);

/// Nothing for a character outside the alphabet.
std::optional<uint8_t> byte_of_character(char32_t c);

}  // namespace glassformer
