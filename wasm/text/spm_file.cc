#include "text/spm_file.h"

#include <bit>
#include <functional>

namespace glassformer {

namespace {

/// One field of a message: a number or bytes, by its wire type.
struct Field {
  uint64_t number = 0;
  uint64_t value = 0;
  std::string_view bytes;
};

/// A message's fields in order (protobuf's encoding; groups do not occur).
class MessageReader {
 public:
  MessageReader(std::string_view bytes, std::string_view source) : bytes_(bytes), source_(source) {}

  Result<void> for_each_field(const std::function<Result<void>(const Field&)>& visit) {
    while (!bytes_.empty()) {
      GF_ASSIGN(const Field field, read_field());
      GF_TRY(visit(field));
    }
    return {};
  }

 private:
  enum WireType : uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

  Error damaged(std::string_view what) const {
    return fail(ErrorCode::kInvalidFormat, source_, ": no SentencePiece model: ", what);
  }

  Result<Field> read_field() {
    constexpr unsigned kTypeBits = 3;
    Field field;
    GF_ASSIGN(const uint64_t tag, read_varint());
    field.number = tag >> kTypeBits;
    switch (tag & ((1U << kTypeBits) - 1)) {
      case kVarint: {
        GF_ASSIGN(field.value, read_varint());
        break;
      }
      case kFixed64: {
        GF_ASSIGN(field.value, read_fixed(8));
        break;
      }
      case kFixed32: {
        GF_ASSIGN(field.value, read_fixed(4));
        break;
      }
      case kBytes: {
        GF_ASSIGN(const uint64_t length, read_varint());
        GF_ASSIGN(field.bytes, take(length));
        break;
      }
      default:
        return damaged("an unknown wire type");
    }
    return field;
  }

  Result<uint64_t> read_varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      GF_ASSIGN(const std::string_view byte, take(1));
      value |= uint64_t{static_cast<uint8_t>(byte[0]) & 0x7FU} << shift;
      if (!(byte[0] & 0x80)) return value;
    }
    return damaged("a number that does not end");
  }

  Result<uint64_t> read_fixed(size_t size) {
    GF_ASSIGN(const std::string_view bytes, take(size));
    uint64_t value = 0;
    for (size_t i = size; i-- > 0;) value = value << 8 | static_cast<uint8_t>(bytes[i]);
    return value;
  }

  Result<std::string_view> take(uint64_t size) {
    if (size > bytes_.size()) return damaged("it ends within a field");
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  std::string_view bytes_, source_;
};

Result<void> read_piece_type(uint64_t type, std::string_view source, SpmPiece& piece) {
  if (type < 1 || type > static_cast<uint64_t>(SpmPiece::Type::kByte)) {
    return fail(ErrorCode::kUnsupported, source, ": a piece of type ", type);
  }
  piece.type = static_cast<SpmPiece::Type>(type);
  return {};
}

Result<SpmPiece> read_piece(std::string_view bytes, std::string_view source) {
  constexpr uint64_t kText = 1, kScore = 2, kType = 3;
  SpmPiece piece;
  GF_TRY(MessageReader(bytes, source).for_each_field([&](const Field& field) -> Result<void> {
    if (field.number == kText) piece.text = field.bytes;
    if (field.number == kScore)
      piece.score = std::bit_cast<float>(static_cast<uint32_t>(field.value));
    return field.number == kType ? read_piece_type(field.value, source, piece) : Result<void>();
  }));
  if (piece.score != piece.score) {
    return fail(ErrorCode::kInvalidFormat, source, ": piece '", piece.text, "' has no score");
  }
  return piece;
}

Result<void> read_trainer_spec(std::string_view bytes, std::string_view source, SpmFile& file) {
  constexpr uint64_t kModelType = 3, kBlankAsSuffix = 24, kByteFallback = 35, kUnkId = 40;
  return MessageReader(bytes, source).for_each_field([&](const Field& field) -> Result<void> {
    if (field.number == kBlankAsSuffix) file.blank_as_suffix = field.value != 0;
    if (field.number == kByteFallback) file.byte_fallback = field.value != 0;
    if (field.number == kUnkId) file.unk_id = static_cast<int32_t>(field.value);
    if (field.number == kModelType) {
      if (field.value != static_cast<uint64_t>(SpmModelType::kUnigram) &&
          field.value != static_cast<uint64_t>(SpmModelType::kBpe)) {
        return fail(ErrorCode::kUnsupported, source, ": model type ", field.value,
                    " is not supported; supported: 1 (Unigram), 2 (BPE)");
      }
      file.model_type = static_cast<SpmModelType>(field.value);
    }
    return {};
  });
}

Result<void> read_normalizer_spec(std::string_view bytes, std::string_view source, SpmFile& file) {
  constexpr uint64_t kCharsmap = 2, kDummyPrefix = 3, kExtraBlanks = 4, kEscape = 5;
  return MessageReader(bytes, source).for_each_field([&](const Field& field) -> Result<void> {
    if (field.number == kCharsmap) file.charsmap = field.bytes;
    if (field.number == kDummyPrefix) file.add_dummy_prefix = field.value != 0;
    if (field.number == kExtraBlanks) file.remove_extra_whitespaces = field.value != 0;
    if (field.number == kEscape) file.escape_whitespaces = field.value != 0;
    return {};
  });
}

}  // namespace

Result<SpmFile> read_spm_file(std::string_view bytes, std::string_view source) {
  constexpr uint64_t kPiece = 1, kTrainerSpec = 2, kNormalizerSpec = 3;
  SpmFile file;
  GF_TRY(MessageReader(bytes, source).for_each_field([&](const Field& field) -> Result<void> {
    if (field.number == kTrainerSpec) return read_trainer_spec(field.bytes, source, file);
    if (field.number == kNormalizerSpec) return read_normalizer_spec(field.bytes, source, file);
    if (field.number != kPiece) return {};
    GF_ASSIGN(SpmPiece piece, read_piece(field.bytes, source));
    file.pieces.push_back(std::move(piece));
    return {};
  }));
  if (file.unk_id < 0 || static_cast<size_t>(file.unk_id) >= file.pieces.size()) {
    return fail(ErrorCode::kInvalidFormat, source, ": unk_id ", file.unk_id, " is none of the ",
                file.pieces.size(), " pieces");
  }
  if (file.blank_as_suffix) {
    return fail(ErrorCode::kUnsupported, source, ": treat_whitespace_as_suffix is not supported");
  }
  return file;
}

}  // namespace glassformer
