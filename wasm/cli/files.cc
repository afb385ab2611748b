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

struct FolderFile {
  std::string_view name;
  bool weights;
};

/// What the engine reads; which of them a model needs is for the engine to say.
constexpr FolderFile kFolderFiles[] = {
    {"config.json", false},    {"model.safetensors", true},
    {"tokenizer.json", false}, {"tokenizer_config.json", false},
    {"vocab.txt", false},      {"vocab.json", false},
    {"merges.txt", false},     {"source.spm", false},
};

Result<void> read_into(Engine& engine, ModelHandle model, std::string_view name,
                       const std::filesystem::path& path) {
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  const File file(std::fopen(path.c_str(), "rb"));
  if (problem || !file) return system_error("cannot read", path.string());
  GF_ASSIGN(const auto memory, engine.allocate_file(model, std::string(name), bytes));
  const size_t got = std::fread(memory.data(), 1, memory.size(), file.get());
  if (got != bytes) {
    return fail(ErrorCode::kInvalidFormat, path.string(), ": expected ", bytes, " bytes, got ",
                got);
  }
  return {};
}

}  // namespace

Result<ModelHandle> open_folder(Engine& engine, std::string_view folder, FolderParts parts) {
  std::error_code problem;
  if (!std::filesystem::is_directory(folder, problem)) {
    return fail(ErrorCode::kNotFound, "model folder '", folder, "' does not exist");
  }
  const ModelHandle model = engine.open_model();
  for (const FolderFile& file : kFolderFiles) {
    const auto path = std::filesystem::path(folder) / file.name;
    if (file.weights && parts == FolderParts::kWithoutWeights) continue;
    if (!std::filesystem::exists(path, problem)) continue;
    GF_TRY(read_into(engine, model, file.name, path));
  }
  return model;
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
