// A file that comes in pieces: whatever the pieces, whatever the file claims.
#include "formats/safetensors_reader.h"

#include <cstdint>
#include <random>

#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::make_safetensors;

constexpr const char* kGolden = "tests/golden/models/bert-classification/model.safetensors";

/// Keeps what comes.
struct Collector final : TensorSink {
  Result<void> begin_file(const std::string& /*file*/,
                          std::span<const TensorInfo> tensors) override {
    count = tensors.size();
    return {};
  }
  Result<void> write(const TensorInfo& tensor, std::span<const std::byte> bytes) override {
    EXPECT_FALSE(bytes.empty());
    data[tensor.name].append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return {};
  }

  size_t count = 0;
  std::map<std::string, std::string> data;
};

enum class Size { kKnown, kUnknown };

/// Feeds `file` in pieces of `piece` bytes.
Result<Collector> read(std::string_view file, size_t piece, Size size = Size::kKnown) {
  Collector sink;
  std::optional<size_t> bytes;
  if (size == Size::kKnown) bytes = file.size();
  SafetensorsReader reader("m", bytes, sink);
  for (size_t begin = 0; begin < file.size(); begin += piece) {
    GF_TRY(reader.feed(testing::as_bytes(file.substr(begin, piece))));
  }
  GF_TRY(reader.finish());
  return sink;
}

TEST(SafetensorsReader, GivesTheSameInPiecesOfAnySize) {
  const std::string file = testing::read_source_file(kGolden);
  const auto whole = parse_safetensors(testing::as_bytes(file), "m").value();
  for (const size_t piece : {size_t{3}, size_t{8}, size_t{1000}, file.size()}) {
    for (const Size size : {Size::kKnown, Size::kUnknown}) {
      const auto pieces = read(file, piece, size);
      ASSERT_TRUE(testing::succeeded(pieces));
      ASSERT_EQ(pieces.value().count, whole.size());
      for (const auto& [name, tensor] : whole) {
        const std::string_view expected(reinterpret_cast<const char*>(tensor.bytes.data()),
                                        tensor.bytes.size());
        EXPECT_EQ(pieces.value().data.at(name), expected) << name;
      }
    }
  }
}

TEST(SafetensorsReader, NoticesEveryTruncation) {
  const std::string file = testing::read_source_file(kGolden);
  for (size_t length = 0; length < file.size(); length += length < 4000 ? 7 : 997) {
    const std::string_view part = std::string_view(file).substr(0, length);
    EXPECT_FALSE(read(part, 512).ok()) << length;
    EXPECT_TRUE(
        fails_with(read(part, 512, Size::kUnknown), ErrorCode::kInvalidFormat, "truncated file?"))
        << length;
  }
}

TEST(SafetensorsReader, RefusesWhatComesAfterTheEnd) {
  const std::string header = R"({"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}})";
  const std::string file = make_safetensors(header, "12345");
  EXPECT_TRUE(fails_with(read(file, 100, Size::kUnknown), ErrorCode::kInvalidFormat,
                         "1 bytes follow after the last tensor"));
  EXPECT_TRUE(fails_with(read(file, 100), ErrorCode::kInvalidFormat, "end at byte 4 of the data"));
}

TEST(SafetensorsReader, EmptyTensorsAndFilesAreFine) {
  const std::string header =
      R"({"none":{"dtype":"F32","shape":[0,7],"data_offsets":[0,0]},"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"last":{"dtype":"F32","shape":[0],"data_offsets":[1,1]}})";
  const auto tensors = read(make_safetensors(header, "x"), 1);
  ASSERT_TRUE(testing::succeeded(tensors));
  EXPECT_EQ(tensors.value().data.size(), 1U);
  EXPECT_EQ(tensors.value().count, 3U);
  EXPECT_TRUE(read(make_safetensors("{}", ""), 1).ok());
}

TEST(SafetensorsReader, RefusesHostileHeaders) {
  const auto entry = [](std::string_view shape, std::string_view offsets) {
    return concat(R"({"a":{"dtype":"F32","shape":)", shape, R"(,"data_offsets":)", offsets, "}}");
  };
  const struct {
    std::string header;
    const char* message;
  } cases[] = {
      {entry("[4294967296,4294967296,4]", "[0,16]"), "overflows"},
      {entry("[4611686018427387904]", "[0,0]"), "overflows"},
      {entry("[4]", "[18446744073709551600,16]"), ""},
      {entry("[4]", "[-16,0]"), "non-negative"},
      {entry("[4]", "[16,0]"), "do not lie within"},
      {entry("[4]", "[8,24]"), "a gap"},
      {R"({"a":{"dtype":"I8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"I8","shape":[8],"data_offsets":[4,12]}})",
       "it overlaps another"},
      {R"({"a":{"dtype":"I8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"I8","shape":[8],"data_offsets":[0,8]}})",
       "it overlaps another"},
      {"", "not valid JSON"},
      {std::string(100, '['), "nested deeper"},
  };
  for (const auto& c : cases) {
    const auto result = read(make_safetensors(c.header, std::string(16, '\0')), 5, Size::kUnknown);
    EXPECT_TRUE(fails_with(result, ErrorCode::kInvalidFormat, c.message)) << c.header;
  }
}

TEST(SafetensorsReader, BelievesNoLengthOfAHeader) {
  for (const uint64_t length : {UINT64_MAX, uint64_t{1} << 40, uint64_t{100'000'001}}) {
    std::string file(reinterpret_cast<const char*>(&length), sizeof(length));
    file += "{}";
    EXPECT_TRUE(fails_with(read(file, 4, Size::kUnknown), ErrorCode::kInvalidFormat,
                           "the header is said to be"));
  }
  // A length that is allowed takes no more memory than the bytes that come.
  const uint64_t allowed = 99'999'999;
  const std::string file(reinterpret_cast<const char*>(&allowed), sizeof(allowed));
  EXPECT_TRUE(fails_with(read(file, 4), ErrorCode::kInvalidFormat, "at most 0 are possible"));
  EXPECT_TRUE(
      fails_with(read(file, 4, Size::kUnknown), ErrorCode::kInvalidFormat, "ends in its header"));
}

TEST(SafetensorsReader, SurvivesFlippedBits) {
  const std::string original = testing::read_source_file(kGolden);
  std::minstd_rand random(1);
  for (int i = 0; i < 500; ++i) {
    std::string file = original.substr(0, 20'000);
    file[random() % 3000] ^= static_cast<char>(1U << (random() % 8));
    EXPECT_FALSE(read(file, 4096, Size::kUnknown).ok());
  }
}

}  // namespace
}  // namespace glassformer
