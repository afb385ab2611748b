// Files for the tests: the goldens from the source tree, and small ones made on the spot.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace glassformer::testing {

/// A file of the source tree, "tests/golden/models/..."; a missing one fails the test program.
std::string read_source_file(std::string_view path);

/// Contents by name, as a model folder has them.
using Folder = std::map<std::string, std::string>;

/// The named files of a folder of the source tree.
Folder read_golden(std::string_view name);

/// A tokenizer.json with [PAD] [UNK] [CLS] [SEP] [MASK], the lower-case letters up to `last` and
/// their continuations: 57 tokens with all letters.
std::string letter_tokenizer(char last = 'z');

/// A model of the engine with these files, not loaded yet.
ModelHandle add_model(Engine& engine, const Folder& folder);

/// The files as load_model_files takes them.
ModelFiles model_files(const Folder& folder);

/// A safetensors file of this header and data.
std::string make_safetensors(std::string_view header, std::string_view data);

std::span<const std::byte> as_bytes(std::string_view text);

}  // namespace glassformer::testing
