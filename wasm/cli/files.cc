#include "cli/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace glassformer {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

Error system_error(std::string_view what, const std::string& path) {
  return fail(ErrorCode::kNotFound, what, " '", path,
              "': ", std::string_view(std::strerror(errno)));
}

/// What the engine reads besides a tokeniser's files; which of them a model needs is for the engine
/// to say.
constexpr std::string_view kModelFiles[] = {"generation_config.json"};

struct OpenFile {
  File file;
  size_t bytes;
};

Result<OpenFile> open_file(const std::filesystem::path& path) {
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  File file(std::fopen(path.c_str(), "rb"));
  if (problem || !file) return system_error("cannot read", path.string());
  return OpenFile{std::move(file), static_cast<size_t>(bytes)};
}

Result<void> read_into(Engine& engine, ModelHandle model, std::string_view name,
                       const std::filesystem::path& path) {
  GF_ASSIGN(const OpenFile open, open_file(path));
  GF_ASSIGN(const auto memory, engine.allocate_file(model, std::string(name), open.bytes));
  const size_t got = std::fread(memory.data(), 1, memory.size(), open.file.get());
  if (got != open.bytes) {
    return fail(ErrorCode::kInvalidFormat, path.string(), ": expected ", open.bytes, " bytes, got ",
                got);
  }
  return {};
}

Result<void> read_weights(Engine& engine, ModelHandle model, const std::string& name,
                          const std::filesystem::path& path) {
  GF_ASSIGN(const OpenFile open, open_file(path));
  GF_ASSIGN(const auto piece, engine.open_weights(model, name, open.bytes));
  while (const size_t count = std::fread(piece.data(), 1, piece.size(), open.file.get())) {
    GF_TRY(engine.feed_weights(model, count));
  }
  return {};
}

}  // namespace

Result<ModelHandle> open_folder(Engine& engine, std::string_view folder) {
  std::error_code problem;
  if (!std::filesystem::is_directory(folder, problem)) {
    return fail(ErrorCode::kNotFound, "model folder '", folder, "' does not exist");
  }
  const std::filesystem::path root(folder);
  std::vector<std::string_view> names(std::begin(kTokenizerFiles), std::end(kTokenizerFiles));
  names.insert(names.end(), std::begin(kModelFiles), std::end(kModelFiles));
  // A folder may have both layouts: as in the reference, the whole file comes before the shards.
  if (!std::filesystem::exists(root / kWeightsFile, problem)) names.push_back(kShardIndexFile);
  const ModelHandle model = engine.open_model();
  for (const std::string_view name : names) {
    if (!std::filesystem::exists(root / name, problem)) continue;
    GF_TRY(read_into(engine, model, name, root / name));
  }
  return model;
}

Result<ModelInfo> load_weights(Engine& engine, ModelHandle model, std::string_view folder,
                               const LoadOptions& options) {
  GF_ASSIGN(const std::vector<std::string> files, engine.begin_load(model, options));
  for (const std::string& name : files) {
    std::error_code problem;
    const auto path = std::filesystem::path(folder) / name;
    if (!std::filesystem::exists(path, problem)) continue;  // finish_load names it
    GF_TRY(read_weights(engine, model, name, path));
  }
  return engine.finish_load(model);
}

Result<void> write_file(std::string_view path, std::span<const std::byte> bytes) {
  const std::string name(path);
  const File file(std::fopen(name.c_str(), "wb"));
  if (!file || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
      std::fflush(file.get()) != 0) {
    return system_error("cannot write", name);
  }
  return {};
}

}  // namespace glassformer
