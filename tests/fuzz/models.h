// Fuzz targets that read what models are made of.
#pragma once

#include <string_view>

namespace glassformer::fuzz {

/// A safetensors file. What is accepted must lie within the bytes.
void read_safetensors(std::string_view bytes);

/// A config.json, loaded with the weights of the golden model that its first byte chooses; what
/// loads is run.
void read_config(std::string_view bytes);

}  // namespace glassformer::fuzz
