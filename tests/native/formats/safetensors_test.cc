#include "formats/safetensors.h"

#include <random>

#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::as_bytes;
using testing::fails_with;
using testing::make_safetensors;
using testing::read_source_file;

constexpr const char* kGolden = "tests/golden/models/bert-classification/model.safetensors";

Result<TensorMap> parse(std::string_view file) { return parse_safetensors(as_bytes(file), "m"); }

std::string header_of(std::string_view dtype, std::string_view shape, std::string_view offsets) {
  return concat(R"({"a":{"dtype":")", dtype, R"(","shape":)", shape, R"(,"data_offsets":)", offsets,
                "}}");
}

TEST(Safetensors, ReadsAFileOfTheReference) {
  const std::string file = read_source_file(kGolden);
  const auto tensors = parse(file);
  ASSERT_TRUE(testing::succeeded(tensors));
  const auto& weight = tensors.value().at("bert.embeddings.word_embeddings.weight");
  EXPECT_EQ(weight.dtype, DType::kF32);
  EXPECT_EQ(weight.shape, (std::vector<size_t>{60, 32}));
  EXPECT_EQ(weight.bytes.size(), 60U * 32 * 4);
}

TEST(Safetensors, ReadsWhatItWrites) {
  const std::vector<float> values = {1, 2, 3, 4, 5, 6};
  const std::vector<NamedTensor> tensors = {{"x", {2, 3}, values},
                                            {"\"y", {1}, std::span(values).first(1)}};
  const auto file = write_safetensors(tensors);
  const auto read = parse_safetensors(file, "m");
  ASSERT_TRUE(testing::succeeded(read));
  EXPECT_EQ(read.value().at("x").shape, (std::vector<size_t>{2, 3}));
  EXPECT_EQ(read.value().at("\"y").bytes.size(), 4U);
}

TEST(Safetensors, RefusesATruncatedFileAtEveryLength) {
  const std::string file = read_source_file(kGolden);
  for (size_t length = 0; length < file.size(); length += length < 4000 ? 1 : 997) {
    EXPECT_FALSE(parse(std::string_view(file).substr(0, length)).ok()) << length;
  }
}

TEST(Safetensors, SurvivesFlippedBits) {
  const std::string original = read_source_file(kGolden);
  std::minstd_rand random(1);
  for (int i = 0; i < 2000; ++i) {
    std::string file = original;
    file[random() % 3000] ^= static_cast<char>(1U << (random() % 8));
    const auto tensors = parse(file);
    if (tensors.ok()) continue;  // a bit of a name or of the data
    EXPECT_TRUE(fails_with(tensors, tensors.error().code(), "m"));
  }
}

TEST(Safetensors, NamesWhatIsWrong) {
  const std::string data(16, '\0');
  const struct {
    std::string header;
    ErrorCode code;
    const char* message;
  } cases[] = {
      {header_of("F32", "[4]", "[0,12]"), ErrorCode::kInvalidFormat,
       "takes 16 bytes, data_offsets give 12"},
      {header_of("F32", "[8]", "[0,32]"), ErrorCode::kInvalidFormat,
       "do not lie within the 16 bytes"},
      {header_of("F32", "[4]", "[16,0]"), ErrorCode::kInvalidFormat, "do not lie within"},
      {header_of("F32", "[3]", "[4,16]"), ErrorCode::kInvalidFormat, "a gap"},
      {header_of("F32", "[3]", "[0,12]"), ErrorCode::kInvalidFormat, "end at byte 12"},
      {header_of("F32", "[-4]", "[0,16]"), ErrorCode::kInvalidFormat, "non-negative"},
      {header_of("F32", "[4294967296,4294967296,4]", "[0,16]"), ErrorCode::kInvalidFormat,
       "overflows"},
      {header_of("F7", "[4]", "[0,16]"), ErrorCode::kUnsupported, "unknown dtype 'F7'"},
      {header_of("F32", "4", "[0,16]"), ErrorCode::kInvalidFormat, "expected an array"},
      {R"({"a":{"dtype":"F32","shape":[4]}})", ErrorCode::kNotFound, "data_offsets"},
      {R"({"a":7})", ErrorCode::kInvalidFormat, "dtype"},
      {"[]", ErrorCode::kInvalidFormat, "expected an object"},
      {"{", ErrorCode::kInvalidFormat, "not valid JSON"},
  };
  for (const auto& c : cases) {
    EXPECT_TRUE(fails_with(parse(make_safetensors(c.header, data)), c.code, c.message)) << c.header;
  }
}

TEST(Safetensors, RefusesOverlappingTensors) {
  const std::string header =
      R"({"a":{"dtype":"I8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"I8","shape":[8],"data_offsets":[4,12]}})";
  EXPECT_TRUE(fails_with(parse(make_safetensors(header, std::string(12, '\0'))),
                         ErrorCode::kInvalidFormat, "it overlaps another"));
}

TEST(Safetensors, RefusesAHeaderBeyondTheFile) {
  std::string file = make_safetensors("{}", "");
  file[7] = '\x7f';
  EXPECT_TRUE(fails_with(parse(file), ErrorCode::kInvalidFormat, "truncated file?"));
}

}  // namespace
}  // namespace glassformer
