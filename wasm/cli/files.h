// Files of the local disk, for the command line.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "engine/engine.h"

namespace glassformer {

/// Reads the files of a model folder, laid out as on the Hugging Face Hub, into a new model of the
/// engine: all but the weights, which is enough for tokenising.
Result<ModelHandle> open_folder(Engine& engine, std::string_view folder);

/// Loads an opened model, its weights piece by piece from the folder.
Result<ModelInfo> load_weights(Engine& engine, ModelHandle model, std::string_view folder,
                               const LoadOptions& options);

/// Writes the bytes to `path`; an Error names the path and the system's reason.
Result<void> write_file(std::string_view path, std::span<const std::byte> bytes);

}  // namespace glassformer
