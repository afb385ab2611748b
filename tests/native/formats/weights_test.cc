#include "formats/weights.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#include "core/half.h"
#include "formats/weight_store.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::make_safetensors;

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

/// A checkpoint of one file, read as the engine does it: `ask` is what a family asks for, first of
/// the planner and then, when all bytes have come in small pieces, of the store.
class Checkpoint {
 public:
  explicit Checkpoint(std::string file, WeightStorage storage = WeightStorage::kAsStored)
      : file_(std::move(file)), storage_(storage) {}

  template <class Ask>
  auto read(Ask ask) -> decltype(ask(std::declval<WeightSource&>())) {
    const auto tensors = parse_safetensors(testing::as_bytes(file_), "m");
    EXPECT_TRUE(testing::succeeded(tensors));
    TensorNames names;
    for (const auto& [name, tensor] : tensors.value()) names.insert(name);
    WeightPlanner planner(names);
    GF_TRY(ask(planner));
    store_ = std::make_unique<WeightStore>(planner.take(), storage_);
    GF_TRY(feed());
    GF_TRY(store_->finish());
    return ask(*store_);
  }

  auto vector(size_t count) {
    return read([&](WeightSource& source) { return source.vector("a", count); });
  }
  auto matrix(size_t rows, size_t cols) {
    return read([&](WeightSource& source) { return source.matrix("a", rows, cols); });
  }
  auto transposed(size_t rows, size_t cols) {
    return read([&](WeightSource& source) { return source.transposed_matrix("a", rows, cols); });
  }

  const WeightStore& store() const { return *store_; }

 private:
  Result<void> feed() {
    constexpr size_t kPiece = 7;
    SafetensorsReader reader("m", file_.size(), *store_);
    for (size_t begin = 0; begin < file_.size(); begin += kPiece) {
      GF_TRY(reader.feed(testing::as_bytes(std::string_view(file_).substr(begin, kPiece))));
    }
    return reader.finish();
  }

  std::string file_;
  WeightStorage storage_;
  std::unique_ptr<WeightStore> store_;
};

TEST(Weights, ReadsEveryFloatType) {
  Checkpoint f32(one_tensor("F32", "[2]", bytes_of(1.5F, -2.0F)));
  EXPECT_EQ(f32.vector(2).value()[1], -2.0F);
  Checkpoint f16(one_tensor("F16", "[2]", bytes_of(uint16_t{0x3E00}, uint16_t{0xC000})));
  EXPECT_EQ(f16.vector(2).value()[0], 1.5F);
  Checkpoint bf16(one_tensor("BF16", "[2]", bytes_of(uint16_t{0x3FC0}, uint16_t{0xC000})));
  EXPECT_EQ(bf16.vector(2).value()[0], 1.5F);
}

TEST(Weights, PassesOverWhatNobodyAskedFor) {
  const std::string data = bytes_of(uint8_t{9}, 1.5F, -2.0F);
  const std::string header =
      R"({"pad":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}})";
  Checkpoint checkpoint(make_safetensors(header, data));
  EXPECT_EQ(checkpoint.vector(2).value()[1], -2.0F);
  EXPECT_EQ(checkpoint.store().counts().bytes, 2 * sizeof(float));
}

TEST(Weights, NamesWrongShapesTypesAndValues) {
  Checkpoint floats(one_tensor("F32", "[2,2]", bytes_of(1.0F, 2.0F, 3.0F, 4.0F)));
  EXPECT_TRUE(
      fails_with(floats.matrix(2, 3), ErrorCode::kInvalidFormat, "a: expected [2, 3], got [2, 2]"));
  EXPECT_TRUE(fails_with(floats.read([](WeightSource& source) { return source.matrix("b", 2, 2); }),
                         ErrorCode::kNotFound, "tensor 'b' [2, 2] is missing"));
  EXPECT_TRUE(fails_with(floats.read([](WeightSource& source) -> Result<WeightMatrix> {
    GF_TRY(source.matrix("a", 2, 2));
    return source.matrix("a", 4, 1);
  }),
                         ErrorCode::kInvalidFormat, "a: expected [4, 1] in one place"));
  Checkpoint integers(one_tensor("I64", "[1]", bytes_of(int64_t{1})));
  EXPECT_TRUE(fails_with(integers.vector(1), ErrorCode::kInvalidFormat, "got I64"));
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  Checkpoint nan(one_tensor("F32", "[2,2]", bytes_of(1.0F, 1.0F, 1.0F, kNan)));
  EXPECT_TRUE(fails_with(nan.matrix(2, 2), ErrorCode::kInvalidFormat, "a: element 3 is NaN"));
  Checkpoint infinite(one_tensor("F16", "[1,2]", bytes_of(uint16_t{0x7C00}, uint16_t{0})));
  EXPECT_TRUE(
      fails_with(infinite.matrix(1, 2), ErrorCode::kInvalidFormat, "element 0 is infinite"));
}

TEST(Weights, Int8NeedsItsScales) {
  Checkpoint checkpoint(one_tensor("I8", "[2,1]", bytes_of(int8_t{1}, int8_t{2})));
  EXPECT_TRUE(fails_with(checkpoint.matrix(2, 1), ErrorCode::kNotFound, "a_scale"));
  EXPECT_TRUE(fails_with(checkpoint.transposed(2, 1), ErrorCode::kInvalidFormat, "got I8"));
}

TEST(Weights, QuantisesByTheRow) {
  Checkpoint checkpoint(one_tensor("F32", "[2,2]", bytes_of(1.0F, -127.0F, 0.0F, 63.5F)),
                        WeightStorage::kInt8);
  const auto int8 = std::get<Int8Matrix>(checkpoint.matrix(2, 2).value());
  EXPECT_EQ(int8.values.at(0, 1), -127);
  EXPECT_EQ(int8.values.at(1, 1), 127);
  EXPECT_FLOAT_EQ(int8.scales[1], 0.5F);
  EXPECT_EQ(int8.sums[0], 1 - 127);
  EXPECT_EQ(checkpoint.store().counts().bytes,
            4 * sizeof(int8_t) + 2 * sizeof(float) + 2 * sizeof(int32_t));
  EXPECT_EQ(checkpoint.store().counts().parameters, 4U);
}

/// I8 [1, 4] with its scales, which come after it in the file.
std::string stored_int8() {
  return make_safetensors(
      R"({"a":{"dtype":"I8","shape":[1,4],"data_offsets":[0,4]},"a_scale":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
      bytes_of(int8_t{1}, int8_t{-2}, int8_t{127}, int8_t{0}, 0.25F));
}

TEST(Weights, KeepsInt8UnlessFloatsAreAskedFor) {
  for (const auto storage : {WeightStorage::kAsStored, WeightStorage::kInt8, WeightStorage::kF16}) {
    Checkpoint kept(stored_int8(), storage);
    const auto int8 = std::get<Int8Matrix>(kept.matrix(1, 4).value());
    EXPECT_EQ(int8.values.at(0, 1), -2);
    EXPECT_EQ(int8.scales[0], 0.25F);
    EXPECT_EQ(int8.sums[0], 1 - 2 + 127);
  }
  Checkpoint widened(stored_int8(), WeightStorage::kF32);
  EXPECT_EQ(std::get<ConstMatrix>(widened.matrix(1, 4).value()).at(0, 2), 31.75F);
  Checkpoint exact(stored_int8(), WeightStorage::kInt8);
  const auto table =
      exact.read([](WeightSource& source) { return source.float_matrix("a", 1, 4); });
  EXPECT_EQ(table.value().at(0, 2), 31.75F);
}

TEST(Weights, KeepsHalfFloatsAsTheyAre) {
  const std::string data = bytes_of(uint16_t{0x3E00}, uint16_t{0xC000});
  Checkpoint f16(one_tensor("F16", "[1,2]", data));
  const auto half = std::get<HalfMatrix>(f16.matrix(1, 2).value());
  EXPECT_EQ(half.format, HalfFormat::kF16);
  EXPECT_EQ(half.values.at(0, 1), 0xC000);
  EXPECT_EQ(f16.store().counts().bytes, 4U);
  Checkpoint bf16(one_tensor("BF16", "[1,2]", data));
  EXPECT_EQ(std::get<HalfMatrix>(bf16.matrix(1, 2).value()).format, HalfFormat::kBF16);
  Checkpoint wide(one_tensor("F16", "[1,2]", data), WeightStorage::kF32);
  EXPECT_EQ(std::get<ConstMatrix>(wide.matrix(1, 2).value()).at(0, 0), 1.5F);
}

TEST(Weights, NarrowsToHalfFloatsWhenAsked) {
  Checkpoint checkpoint(one_tensor("F32", "[2,1]", bytes_of(1.5F, -2.0F)), WeightStorage::kF16);
  EXPECT_EQ(std::get<HalfMatrix>(checkpoint.matrix(2, 1).value()).values.at(1, 0), 0xC000);
  Checkpoint large(one_tensor("F32", "[2,1]", bytes_of(1.0F, 65505.0F)), WeightStorage::kF16);
  EXPECT_TRUE(fails_with(large.matrix(2, 1), ErrorCode::kInvalidArgument,
                         "a: element 1 is too large for fp16"));
}

TEST(Weights, TurnsMatricesInEveryForm) {
  const std::string file =
      one_tensor("F32", "[2,3]", bytes_of(1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 127.0F));
  Checkpoint exact(file);
  const auto turned = std::get<ConstMatrix>(exact.transposed(2, 3).value());
  EXPECT_EQ(turned.rows, 3U);
  EXPECT_EQ(turned.at(2, 0), 3.0F);
  Checkpoint quantized(file, WeightStorage::kInt8);
  const auto int8 = std::get<Int8Matrix>(quantized.transposed(2, 3).value());
  EXPECT_EQ(int8.scales.size(), 3U);
  EXPECT_EQ(int8.values.at(2, 1), 127);
  EXPECT_EQ(int8.values.at(0, 1), 127);  // 4, the largest of its column
  EXPECT_FLOAT_EQ(int8.scales[0], 4.0F / 127);
  EXPECT_EQ(int8.sums[0], 127 + 32);
  Checkpoint half(file, WeightStorage::kF16);
  const auto halves = std::get<HalfMatrix>(half.transposed(2, 3).value());
  EXPECT_EQ(f16_to_f32(halves.values.at(2, 1)), 127.0F);
  EXPECT_EQ(f16_to_f32(halves.values.at(1, 0)), 2.0F);
}

TEST(Weights, ASharedMatrixIsKeptOnce) {
  Checkpoint checkpoint(one_tensor("F32", "[1,2]", bytes_of(1.0F, 2.0F)), WeightStorage::kInt8);
  const int8_t* first = nullptr;
  const auto again = checkpoint.read([&first](WeightSource& source) -> Result<WeightMatrix> {
    GF_ASSIGN(const WeightMatrix matrix, source.matrix("a", 1, 2));
    if (const auto* int8 = std::get_if<Int8Matrix>(&matrix)) first = int8->values.data;
    return source.matrix("a", 1, 2);
  });
  EXPECT_EQ(first, std::get<Int8Matrix>(again.value()).values.data);
  EXPECT_EQ(checkpoint.store().counts().parameters, 2U);
}

TEST(Weights, ScopesSpellTheWholePath) {
  WeightPlanner planner({"a"});
  const WeightScope layer = WeightScope(planner).scope("encoder.layer", 3);
  EXPECT_TRUE(fails_with(layer.scope("query").matrix("weight", 4, 4), ErrorCode::kNotFound,
                         "'encoder.layer.3.query.weight' [4, 4]"));
}

}  // namespace
}  // namespace glassformer
