#include "formats/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "core/json.h"

namespace glassformer {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors is read in place");

constexpr size_t kLengthBytes = 8;
/// The limit of the reference implementation.
constexpr size_t kMaxHeaderBytes = 100'000'000;
constexpr size_t kHeaderAlignment = 8;

struct DTypeInfo {
  std::string_view name;
  DType dtype;
  size_t bytes;
};

/// All dtypes of the format that are whole bytes wide; those that the engine does not compute with
/// are kOther: a file may hold them (position ids, say), only asking for such a tensor fails.
constexpr DTypeInfo kDTypes[] = {
    {"F32", DType::kF32, 4},   {"F16", DType::kF16, 2},       {"BF16", DType::kBF16, 2},
    {"I8", DType::kI8, 1},     {"BOOL", DType::kOther, 1},    {"U8", DType::kOther, 1},
    {"I16", DType::kOther, 2}, {"U16", DType::kOther, 2},     {"I32", DType::kOther, 4},
    {"U32", DType::kOther, 4}, {"I64", DType::kOther, 8},     {"U64", DType::kOther, 8},
    {"F64", DType::kOther, 8}, {"F8_E4M3", DType::kOther, 1}, {"F8_E5M2", DType::kOther, 1},
};

Result<DTypeInfo> find_dtype(std::string_view name, std::string_view where) {
  for (const DTypeInfo& info : kDTypes) {
    if (info.name == name) return info;
  }
  return fail(ErrorCode::kUnsupported, where, ": unknown dtype '", name, "'");
}

/// An array of non-negative integers.
Result<std::vector<size_t>> read_sizes(JsonValue array, std::string_view what) {
  if (!array.is_array()) return array.mismatch(what, "an array");
  std::vector<size_t> sizes;
  sizes.reserve(array.size());
  for (size_t i = 0; i < array.size(); ++i) {
    GF_ASSIGN(const int64_t size, array[i].integer(what));
    if (size < 0) return array.mismatch(what, "non-negative integers");
    if (static_cast<uint64_t>(size) > SIZE_MAX) {  // memory is 32 bits wide in WebAssembly
      return fail(ErrorCode::kInvalidFormat, what, ": ", size, " overflows");
    }
    sizes.push_back(static_cast<size_t>(size));
  }
  return sizes;
}

/// The bytes that a shape takes; kInvalidFormat when the product overflows.
Result<size_t> byte_size(std::span<const size_t> shape, size_t element_bytes,
                         std::string_view where) {
  size_t bytes = element_bytes;
  for (const size_t extent : shape) {
    if (__builtin_mul_overflow(bytes, extent, &bytes)) {
      return fail(ErrorCode::kInvalidFormat, where, ": shape ", shape_string(shape), " overflows");
    }
  }
  return bytes;
}

Result<TensorView> read_tensor(JsonValue entry, std::span<const std::byte> data,
                               const std::string& where) {
  GF_ASSIGN(const JsonValue dtype_field, entry.at("dtype"));
  GF_ASSIGN(const std::string dtype_name, dtype_field.string(where));
  GF_ASSIGN(const DTypeInfo dtype, find_dtype(dtype_name, where));
  GF_ASSIGN(const JsonValue shape_field, entry.at("shape"));
  GF_ASSIGN(std::vector<size_t> shape, read_sizes(shape_field, where));
  GF_ASSIGN(const JsonValue offsets_field, entry.at("data_offsets"));
  GF_ASSIGN(const std::vector<size_t> offsets, read_sizes(offsets_field, where));
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data.size()) {
    return fail(ErrorCode::kInvalidFormat, where, ": data_offsets ", shape_string(offsets),
                " do not lie within the ", data.size(), " bytes of data");
  }
  GF_ASSIGN(const size_t expected, byte_size(shape, dtype.bytes, where));
  const size_t got = offsets[1] - offsets[0];
  if (got != expected) {
    return fail(ErrorCode::kInvalidFormat, where, ": ", dtype_name, " ", shape_string(shape),
                " takes ", expected, " bytes, data_offsets give ", got);
  }
  return TensorView{dtype.dtype, dtype_name, std::move(shape), data.subspan(offsets[0], got)};
}

/// The tensors have to cover the data exactly: an overlap or a gap means a damaged header (or
/// something hidden in the file).
Result<void> check_coverage(const TensorMap& tensors, std::span<const std::byte> data,
                            std::string_view file_name) {
  std::vector<const TensorMap::value_type*> by_place;
  by_place.reserve(tensors.size());
  for (const auto& tensor : tensors) by_place.push_back(&tensor);
  std::ranges::sort(by_place, {}, [](const auto* tensor) {
    return std::pair(tensor->second.bytes.data(), tensor->second.bytes.size());
  });
  const std::byte* end = data.data();
  for (const auto* tensor : by_place) {
    const auto begin = tensor->second.bytes.data();
    if (begin != end) {
      return fail(ErrorCode::kInvalidFormat, file_name, ": tensor '", tensor->first,
                  "' begins at byte ", begin - data.data(), " of the data, expected ",
                  end - data.data(), begin < end ? " (it overlaps another)" : " (a gap)");
    }
    end = begin + tensor->second.bytes.size();
  }
  if (end != data.data() + data.size()) {
    return fail(ErrorCode::kInvalidFormat, file_name, ": tensors end at byte ", end - data.data(),
                " of the data, expected ", data.size());
  }
  return {};
}

}  // namespace

size_t TensorView::element_count() const {
  size_t count = 1;
  for (const size_t extent : shape) count *= extent;
  return count;
}

Result<TensorMap> parse_safetensors(std::span<const std::byte> file, std::string_view name) {
  uint64_t header_bytes = 0;
  if (file.size() < kLengthBytes) {
    return fail(ErrorCode::kInvalidFormat, name, ": expected at least 8 bytes, got ", file.size());
  }
  std::memcpy(&header_bytes, file.data(), kLengthBytes);
  const size_t available = std::min(file.size() - kLengthBytes, kMaxHeaderBytes);
  if (header_bytes > available) {
    return fail(ErrorCode::kInvalidFormat, name, ": the header is said to be ", header_bytes,
                " bytes long, at most ", available, " are possible (truncated file?)");
  }
  const auto header = file.subspan(kLengthBytes, header_bytes);
  const auto data = file.subspan(kLengthBytes + header_bytes);
  GF_ASSIGN(const JsonDocument document,
            JsonDocument::parse({reinterpret_cast<const char*>(header.data()), header.size()},
                                concat(name, " (header)")));
  if (!document.root().is_object()) return document.root().mismatch("header", "an object");

  TensorMap tensors;
  GF_TRY(document.root().for_each_member([&](const std::string& key,
                                             JsonValue entry) -> Result<void> {
    if (key == "__metadata__") return {};
    GF_ASSIGN(TensorView tensor, read_tensor(entry, data, concat(name, ": tensor '", key, "'")));
    tensors.emplace(key, std::move(tensor));
    return {};
  }));
  GF_TRY(check_coverage(tensors, data, name));
  return tensors;
}

std::vector<std::byte> write_safetensors(std::span<const NamedTensor> tensors) {
  std::string header = "{";
  size_t offset = 0;
  for (const NamedTensor& tensor : tensors) {
    const size_t end = offset + tensor.data.size_bytes();
    header +=
        concat(header.size() > 1 ? "," : "", json_quote(tensor.name), R"(:{"dtype":"F32","shape":)",
               shape_string(tensor.shape), R"(,"data_offsets":[)", offset, ",", end, "]}");
    offset = end;
  }
  header += '}';
  while ((kLengthBytes + header.size()) % kHeaderAlignment != 0) header += ' ';

  const uint64_t header_bytes = header.size();
  std::vector<std::byte> file(kLengthBytes + header.size() + offset);
  std::memcpy(file.data(), &header_bytes, kLengthBytes);
  std::memcpy(file.data() + kLengthBytes, header.data(), header.size());
  std::byte* out = file.data() + kLengthBytes + header.size();
  for (const NamedTensor& tensor : tensors) {
    out = std::ranges::copy(std::as_bytes(tensor.data), out).out;
  }
  return file;
}

}  // namespace glassformer
