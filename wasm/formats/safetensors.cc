#include "formats/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "core/json.h"

namespace glassformer {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors is read in place");

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

Result<TensorInfo> read_tensor(const std::string& name, JsonValue entry, size_t limit,
                               const std::string& where) {
  GF_ASSIGN(const JsonValue dtype_field, entry.at("dtype"));
  GF_ASSIGN(std::string dtype_name, dtype_field.string(where));
  GF_ASSIGN(const DTypeInfo dtype, find_dtype(dtype_name, where));
  GF_ASSIGN(const JsonValue shape_field, entry.at("shape"));
  GF_ASSIGN(std::vector<size_t> shape, read_sizes(shape_field, where));
  GF_ASSIGN(const JsonValue offsets_field, entry.at("data_offsets"));
  GF_ASSIGN(const std::vector<size_t> offsets, read_sizes(offsets_field, where));
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > limit) {
    return fail(ErrorCode::kInvalidFormat, where, ": data_offsets ", shape_string(offsets),
                " do not lie within the ", limit, " bytes of data");
  }
  GF_ASSIGN(const size_t expected, byte_size(shape, dtype.bytes, where));
  const size_t got = offsets[1] - offsets[0];
  if (got != expected) {
    return fail(ErrorCode::kInvalidFormat, where, ": ", dtype_name, " ", shape_string(shape),
                " takes ", expected, " bytes, data_offsets give ", got);
  }
  return TensorInfo{name, dtype.dtype, std::move(dtype_name), std::move(shape), offsets[0], got};
}

/// The tensors, in the order of their places, have to cover the data exactly: an overlap or a gap
/// means a damaged header (or something hidden in the file).
Result<void> check_coverage(std::span<const TensorInfo> tensors, std::optional<size_t> data_bytes,
                            std::string_view file_name) {
  size_t end = 0;
  for (const TensorInfo& tensor : tensors) {
    if (tensor.begin != end) {
      return fail(ErrorCode::kInvalidFormat, file_name, ": tensor '", tensor.name,
                  "' begins at byte ", tensor.begin, " of the data, expected ", end,
                  tensor.begin < end ? " (it overlaps another)" : " (a gap)");
    }
    end += tensor.bytes;
  }
  if (data_bytes && end != *data_bytes) {
    return fail(ErrorCode::kInvalidFormat, file_name, ": tensors end at byte ", end,
                " of the data, expected ", *data_bytes);
  }
  return {};
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

size_t count_elements(std::span<const size_t> shape) {
  size_t count = 1;
  for (const size_t extent : shape) count *= extent;
  return count;
}

}  // namespace

size_t TensorInfo::element_count() const { return count_elements(shape); }
size_t TensorView::element_count() const { return count_elements(shape); }

bool is_float(DType dtype) {
  return dtype == DType::kF32 || dtype == DType::kF16 || dtype == DType::kBF16;
}

Result<size_t> read_header_length(std::span<const std::byte> prefix, size_t available,
                                  std::string_view name) {
  GF_CHECK(prefix.size() == kHeaderLengthBytes);
  uint64_t length = 0;
  std::memcpy(&length, prefix.data(), sizeof(length));
  const size_t limit = std::min(available, kMaxHeaderBytes);
  if (length <= limit) return static_cast<size_t>(length);
  return fail(ErrorCode::kInvalidFormat, name, ": the header is said to be ", length,
              " bytes long, at most ", limit, " are possible (truncated file?)");
}

Result<std::vector<TensorInfo>> parse_safetensors_header(std::string_view header,
                                                         std::optional<size_t> data_bytes,
                                                         std::string_view name) {
  GF_ASSIGN(const JsonDocument document, JsonDocument::parse(header, concat(name, " (header)")));
  if (!document.root().is_object()) return document.root().mismatch("header", "an object");
  const size_t limit = data_bytes.value_or(SIZE_MAX);
  std::vector<TensorInfo> tensors;
  GF_TRY(
      document.root().for_each_member([&](const std::string& key, JsonValue entry) -> Result<void> {
        if (key == "__metadata__") return {};
        GF_ASSIGN(TensorInfo tensor,
                  read_tensor(key, entry, limit, concat(name, ": tensor '", key, "'")));
        tensors.push_back(std::move(tensor));
        return {};
      }));
  std::ranges::sort(tensors, {},
                    [](const auto& tensor) { return std::pair(tensor.begin, tensor.bytes); });
  GF_TRY(check_coverage(tensors, data_bytes, name));
  return tensors;
}

Result<TensorMap> parse_safetensors(std::span<const std::byte> file, std::string_view name) {
  if (file.size() < kHeaderLengthBytes) {
    return fail(ErrorCode::kInvalidFormat, name, ": expected at least 8 bytes, got ", file.size());
  }
  const auto rest = file.subspan(kHeaderLengthBytes);
  GF_ASSIGN(const size_t length,
            read_header_length(file.first(kHeaderLengthBytes), rest.size(), name));
  const auto data = rest.subspan(length);
  GF_ASSIGN(const std::vector<TensorInfo> infos,
            parse_safetensors_header(as_text(rest.first(length)), data.size(), name));
  TensorMap tensors;
  for (const TensorInfo& info : infos) {
    tensors.emplace(info.name, TensorView{info.dtype, info.dtype_name, info.shape,
                                          data.subspan(info.begin, info.bytes)});
  }
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
  while ((kHeaderLengthBytes + header.size()) % kHeaderAlignment != 0) header += ' ';

  const uint64_t header_bytes = header.size();
  std::vector<std::byte> file(kHeaderLengthBytes + header.size() + offset);
  std::memcpy(file.data(), &header_bytes, kHeaderLengthBytes);
  std::memcpy(file.data() + kHeaderLengthBytes, header.data(), header.size());
  std::byte* out = file.data() + kHeaderLengthBytes + header.size();
  for (const NamedTensor& tensor : tensors) {
    out = std::ranges::copy(std::as_bytes(tensor.data), out).out;
  }
  return file;
}

}  // namespace glassformer
