// model.safetensors.index.json: which file of a checkpoint in shards holds which tensor.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "formats/safetensors.h"
#include "formats/weight_plan.h"

namespace glassformer {

struct ShardIndex {
  std::map<std::string, std::string, std::less<>> file_of;  // by tensor
  std::optional<uint64_t> total_bytes;                      // of all tensors

  /// Each once, in alphabetical order, which is the order that their names count in.
  std::vector<std::string> files() const;
  TensorNames tensors() const;
};

/// Reads weight_map and metadata.total_size; file names have to be plain.
Result<ShardIndex> read_shard_index(JsonValue root);

/// Whether `file` holds exactly the tensors that the index puts there; an Error names a tensor.
Result<void> check_shard(const ShardIndex& index, const std::string& file,
                         std::span<const TensorInfo> tensors);

}  // namespace glassformer
