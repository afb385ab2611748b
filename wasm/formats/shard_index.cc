#include "formats/shard_index.h"

#include <algorithm>

namespace glassformer {

namespace {

/// A name that cannot lead out of the model's folder.
bool is_plain(std::string_view name) {
  return name.find_first_of("/\\") == std::string_view::npos && !name.starts_with('.') &&
         name.ends_with(".safetensors");
}

Result<std::optional<uint64_t>> read_total(JsonValue root) {
  const auto metadata = root.find("metadata");
  const auto total = metadata ? metadata->find("total_size") : std::nullopt;
  if (!total) return std::optional<uint64_t>();
  GF_ASSIGN(const int64_t bytes, total->integer("total_size"));
  if (bytes < 0) return total->mismatch("total_size", "a count of bytes");
  return std::optional<uint64_t>(static_cast<uint64_t>(bytes));
}

}  // namespace

std::vector<std::string> ShardIndex::files() const {
  std::set<std::string> files;
  for (const auto& [tensor, file] : file_of) files.insert(file);
  return {files.begin(), files.end()};
}

TensorNames ShardIndex::tensors() const {
  TensorNames names;
  for (const auto& [tensor, file] : file_of) names.insert(tensor);
  return names;
}

Result<ShardIndex> read_shard_index(JsonValue root) {
  ShardIndex index;
  GF_ASSIGN(const JsonValue map, root.at("weight_map"));
  if (!map.is_object()) return map.mismatch("weight_map", "an object");
  GF_TRY(map.for_each_member([&](const std::string& tensor, JsonValue value) -> Result<void> {
    GF_ASSIGN(std::string file, value.string(tensor));
    if (!is_plain(file)) {
      return fail(ErrorCode::kInvalidFormat, root.document(), ": '", tensor,
                  "': expected the name of a .safetensors file, got '", file, "'");
    }
    index.file_of.emplace(tensor, std::move(file));
    return {};
  }));
  GF_ASSIGN(index.total_bytes, read_total(root));
  return index;
}

Result<void> check_shard(const ShardIndex& index, const std::string& file,
                         std::span<const TensorInfo> tensors) {
  for (const TensorInfo& tensor : tensors) {
    const auto place = index.file_of.find(tensor.name);
    if (place == index.file_of.end()) {
      return fail(ErrorCode::kInvalidFormat, file, ": tensor '", tensor.name,
                  "' is in no file of the index");
    }
    if (place->second != file) {
      return fail(ErrorCode::kInvalidFormat, file, ": tensor '", tensor.name, "' belongs into ",
                  place->second, ", says the index");
    }
  }
  const auto here =
      std::ranges::count(index.file_of, file, [](const auto& entry) { return entry.second; });
  if (static_cast<size_t>(here) == tensors.size()) return {};
  TensorNames found;
  for (const TensorInfo& tensor : tensors) found.insert(tensor.name);
  for (const auto& [name, place] : index.file_of) {
    if (place == file && !found.contains(name)) {
      return fail(ErrorCode::kNotFound, file, ": tensor '", name,
                  "' is missing; the index puts it there");
    }
  }
  check_failed("names in a header are unique");
}

}  // namespace glassformer
