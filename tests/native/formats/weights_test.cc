#include "formats/weights.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "formats/half.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::make_safetensors;

WeightStore make_store(const std::string& contents,
                       WeightStorage storage = WeightStorage::kAsStored) {
  auto file = Buffer::allocate(contents.size());
  std::memcpy(file.value().data(), contents.data(), contents.size());
  auto tensors = parse_safetensors(file.value().bytes(), "m");
  EXPECT_TRUE(testing::succeeded(tensors));
  return WeightStore(std::move(file).value(), std::move(tensors).value(), storage);
}

std::string bytes_of(auto... values) {
  std::string bytes;
  (bytes.append(reinterpret_cast<const char*>(&values), sizeof(values)), ...);
  return bytes;
}

/// One tensor "a".
std::string one_tensor(std::string_view dtype, std::string_view shape, const std::string& data) {
  return make_safetensors(concat(R"({"a":{"dtype":")", dtype, R"(","shape":)", shape,
                                 R"(,"data_offsets":[0,)", data.size(), "]}}"),
                          data);
}

TEST(Half, WidensExactly) {
  EXPECT_EQ(f16_to_f32(0x3C00), 1.0F);
  EXPECT_EQ(f16_to_f32(0xC000), -2.0F);
  EXPECT_EQ(f16_to_f32(0x7BFF), 65504.0F);
  EXPECT_EQ(f16_to_f32(0x0001), 0x1p-24F);
  EXPECT_EQ(f16_to_f32(0x8000), 0.0F);
  EXPECT_TRUE(std::signbit(f16_to_f32(0x8000)));
  EXPECT_TRUE(std::isinf(f16_to_f32(0x7C00)));
  EXPECT_TRUE(std::isnan(f16_to_f32(0x7E00)));
  EXPECT_EQ(bf16_to_f32(0x3F80), 1.0F);
}

TEST(Weights, ReadsEveryFloatType) {
  const auto f32 = make_store(one_tensor("F32", "[2]", bytes_of(1.5F, -2.0F))).vector("a", 2);
  EXPECT_TRUE(testing::succeeded(f32));
  auto f16_store =
      make_store(one_tensor("F16", "[2]", bytes_of(uint16_t{0x3E00}, uint16_t{0xC000})));
  EXPECT_EQ(f16_store.vector("a", 2).value()[0], 1.5F);
  auto bf16_store =
      make_store(one_tensor("BF16", "[2]", bytes_of(uint16_t{0x3FC0}, uint16_t{0xC000})));
  EXPECT_EQ(bf16_store.vector("a", 2).value()[0], 1.5F);
}

TEST(Weights, ReadsMisalignedTensors) {
  const std::string data = bytes_of(uint8_t{9}, 1.5F, -2.0F);
  const std::string header =
      R"({"pad":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}})";
  auto store = make_store(make_safetensors(header, data));
  const auto values = store.vector("a", 2);
  ASSERT_TRUE(testing::succeeded(values));
  EXPECT_EQ(values.value()[1], -2.0F);
}

TEST(Weights, NamesWrongShapesTypesAndValues) {
  auto store = make_store(one_tensor("F32", "[2,2]", bytes_of(1.0F, 2.0F, 3.0F, 4.0F)));
  EXPECT_TRUE(fails_with(store.matrix("a", 2, 3), ErrorCode::kInvalidFormat,
                         "a: expected [2, 3], got [2, 2]"));
  EXPECT_TRUE(
      fails_with(store.matrix("b", 2, 2), ErrorCode::kNotFound, "tensor 'b' [2, 2] is missing"));
  auto integers = make_store(one_tensor("I64", "[1]", bytes_of(int64_t{1})));
  EXPECT_TRUE(fails_with(integers.vector("a", 1), ErrorCode::kInvalidFormat, "got I64"));
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  auto nan = make_store(one_tensor("F32", "[2]", bytes_of(1.0F, kNan)));
  EXPECT_TRUE(fails_with(nan.vector("a", 2), ErrorCode::kInvalidFormat, "a: element 1 is NaN"));
  auto infinite = make_store(one_tensor("F16", "[2]", bytes_of(uint16_t{0x7C00}, uint16_t{0})));
  EXPECT_TRUE(
      fails_with(infinite.vector("a", 2), ErrorCode::kInvalidFormat, "element 0 is infinite"));
}

TEST(Weights, Int8NeedsItsScales) {
  auto store = make_store(one_tensor("I8", "[2,1]", bytes_of(int8_t{1}, int8_t{2})));
  EXPECT_TRUE(fails_with(store.matrix("a", 2, 1), ErrorCode::kNotFound, "a_scale"));
}

TEST(Weights, ConvertsBetweenStorages) {
  const std::string file = one_tensor("F32", "[2,2]", bytes_of(1.0F, -127.0F, 0.0F, 63.5F));
  auto quantized = make_store(file, WeightStorage::kInt8);
  const auto matrix = quantized.matrix("a", 2, 2);
  const auto& int8 = std::get<Int8Matrix>(matrix.value());
  EXPECT_EQ(int8.values.at(0, 1), -127);
  EXPECT_FLOAT_EQ(int8.scales[1], 0.5F);
  EXPECT_EQ(quantized.counts().bytes, 4 * sizeof(int8_t) + 2 * sizeof(float));
  quantized.finish();  // frees the file: the quantised values must not depend on it
  EXPECT_EQ(int8.values.at(1, 1), 127);

  const std::string stored = make_safetensors(
      R"({"a":{"dtype":"I8","shape":[1,4],"data_offsets":[0,4]},"a_scale":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
      bytes_of(int8_t{1}, int8_t{-2}, int8_t{127}, int8_t{0}, 0.25F));
  auto widened = make_store(stored, WeightStorage::kF32);
  EXPECT_EQ(std::get<ConstMatrix>(widened.matrix("a", 1, 4).value()).at(0, 2), 31.75F);
}

TEST(Weights, TransposesOnArrival) {
  const std::string file =
      one_tensor("F32", "[2,3]", bytes_of(1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 127.0F));
  auto exact = make_store(file);
  const auto turned = std::get<ConstMatrix>(exact.transposed_matrix("a", 2, 3).value());
  EXPECT_EQ(turned.rows, 3U);
  EXPECT_EQ(turned.at(2, 0), 3.0F);
  auto quantized = make_store(file, WeightStorage::kInt8);
  const auto int8 = std::get<Int8Matrix>(quantized.transposed_matrix("a", 2, 3).value());
  EXPECT_EQ(int8.values.at(2, 1), 127);
  EXPECT_EQ(std::get<ConstMatrix>(WeightMatrix(quantized.float_matrix("a", 2, 3).value())).at(1, 0),
            4.0F);
}

TEST(Weights, ASharedMatrixIsKeptOnce) {
  auto store = make_store(one_tensor("F32", "[1,2]", bytes_of(1.0F, 2.0F)), WeightStorage::kInt8);
  const auto first = std::get<Int8Matrix>(store.matrix("a", 1, 2).value());
  const auto again = std::get<Int8Matrix>(store.matrix("a", 1, 2).value());
  EXPECT_EQ(first.values.data, again.values.data);
  EXPECT_EQ(store.counts().parameters, 2U);
}

TEST(Weights, ScopesSpellTheWholePath) {
  auto store = make_store(one_tensor("F32", "[1]", bytes_of(1.0F)));
  const WeightScope layer = WeightScope(store).scope("encoder.layer", 3);
  EXPECT_TRUE(fails_with(layer.scope("query").matrix("weight", 4, 4), ErrorCode::kNotFound,
                         "'encoder.layer.3.query.weight' [4, 4]"));
}

}  // namespace
}  // namespace glassformer
