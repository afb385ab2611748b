#include "cli/commands.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "formats/safetensors.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;

/// A model folder on the disk, gone with the test.
class Commands : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / concat("glassformer-test-", getpid());
    std::filesystem::create_directories(folder_);
    for (const auto& [name, contents] : testing::read_golden("bert-classification")) {
      std::ofstream(folder_ / name, std::ios::binary) << contents;
    }
    path_ = folder_.string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Result<std::string> command(std::vector<std::string_view> words) { return run_command(words); }

  std::filesystem::path folder_;
  std::string path_;
};

TEST_F(Commands, RunPrintsLabelsBestFirst) {
  const auto one = command({"run", "text-classification", "--model", path_, "hello"});
  ASSERT_TRUE(testing::succeeded(one));
  EXPECT_TRUE(one.value().starts_with(R"([{"label":"LABEL_)")) << one.value();
  const auto all =
      command({"run", "sentiment-analysis", "--model", path_, "--top-k", "0", "hello", "you"});
  const auto document = JsonDocument::parse(all.value(), "output");
  ASSERT_EQ(document.value().root().size(), 3U);
  const auto same = command({"run", "sentiment-analysis", "--model", path_, "--options",
                             R"({"top_k":null})", "hello", "you"});
  EXPECT_EQ(all.value(), same.value());
  const auto quantized =
      command({"run", "text-classification", "--model", path_, "--quantize", "int8", "hello"});
  EXPECT_TRUE(testing::succeeded(quantized));
}

TEST_F(Commands, RunLeavesLayersOut) {
  const auto answer = [this](std::string_view options) {
    return command({"run", "text-classification", "--model", path_, "--options", options, "hello"});
  };
  const auto whole = answer("{}"), shorter = answer(R"({"skip_layers":[1]})");
  ASSERT_TRUE(testing::succeeded(shorter));
  EXPECT_NE(shorter.value(), whole.value());
  EXPECT_TRUE(fails_with(answer(R"({"skip_layers":[2]})"), ErrorCode::kInvalidArgument,
                         "layers from 0 to 1"));
}

TEST_F(Commands, TokenizeNeedsNoWeights) {
  std::filesystem::remove(folder_ / "model.safetensors");
  const auto tokens = command({"tokenize", "--model", path_, "Hi \U0001F600 b"});
  ASSERT_TRUE(testing::succeeded(tokens));
  EXPECT_EQ(tokens.value(),
            R"({"ids":[2,12,39,1,6,3],"tokens":["[CLS]","h","##i","[UNK]","b","[SEP]"],)"
            R"("offsets":[[0,0],[0,1],[1,2],[3,5],[6,7],[0,0]]})");
}

TEST_F(Commands, ForwardWritesTheTrace) {
  const std::string out = (folder_ / "trace.safetensors").string();
  ASSERT_TRUE(testing::succeeded(command(
      {"forward", "--model", path_, "--ids", "2,5,6,3", "--type-ids", "0,0,1,1", "--out", out})));
  std::ifstream file(out, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto tensors = parse_safetensors(testing::as_bytes(bytes), out);
  ASSERT_TRUE(testing::succeeded(tensors));
  EXPECT_EQ(tensors.value().size(), 3U + 2U + 1U);
  EXPECT_EQ(tensors.value().at("attentions.1").shape, (std::vector<size_t>{4, 4, 4}));
  EXPECT_EQ(tensors.value().at("hidden_states.2").shape, (std::vector<size_t>{4, 32}));
  EXPECT_EQ(tensors.value().at("logits").shape, (std::vector<size_t>{1, 3}));
}

TEST_F(Commands, InfoDescribesTheModel) {
  const auto info = command({"info", "--model", path_});
  ASSERT_TRUE(testing::succeeded(info));
  const auto document = JsonDocument::parse(info.value(), "output");
  const JsonValue root = document.value().root();
  EXPECT_EQ(root.at("family").value().string("").value(), "bert");
  EXPECT_EQ(root.at("bytes").value().at("F32").value().integer("").value(),
            4 * root.at("parameters").value().integer("").value());
}

TEST_F(Commands, MistakesAreSaid) {
  EXPECT_TRUE(fails_with(command({}), ErrorCode::kInvalidArgument, "expected a command"));
  EXPECT_TRUE(fails_with(command({"sing"}), ErrorCode::kInvalidArgument, "expected a command"));
  EXPECT_TRUE(fails_with(command({"run", "text-classification", "hi"}), ErrorCode::kInvalidArgument,
                         "--model"));
  EXPECT_TRUE(fails_with(command({"run", "text-classification", "--model", path_}),
                         ErrorCode::kInvalidArgument, "texts"));
  EXPECT_TRUE(
      fails_with(command({"info", "--model", "/nowhere"}), ErrorCode::kNotFound, "/nowhere"));
  EXPECT_TRUE(
      fails_with(command({"info", "--model"}), ErrorCode::kInvalidArgument, "needs a value"));
  EXPECT_TRUE(
      fails_with(command({"info", "--verbose", "1"}), ErrorCode::kInvalidArgument, "--verbose"));
  EXPECT_TRUE(
      fails_with(command({"run", "text-classification", "--model", path_, "--top-k", "many", "hi"}),
                 ErrorCode::kInvalidArgument, "'many'"));
  EXPECT_TRUE(fails_with(command({"run", "text-classification", "--model", path_, "--top-k", "1",
                                  "--options", "{}", "hi"}),
                         ErrorCode::kInvalidArgument, "--top-k"));
  EXPECT_TRUE(fails_with(command({"run", "text-classification", "--model", path_, "--options",
                                  R"({"beams":1})", "hi"}),
                         ErrorCode::kUnsupported, "beams"));
  EXPECT_TRUE(fails_with(
      command({"run", "text-classification", "--model", path_, "--quantize", "int4", "hi"}),
      ErrorCode::kInvalidArgument, "int4"));
  EXPECT_TRUE(fails_with(command({"forward", "--model", path_, "--ids", "2,x", "--out", "t"}),
                         ErrorCode::kInvalidArgument, "'x'"));
  EXPECT_TRUE(fails_with(
      command({"forward", "--model", path_, "--ids", "2,3", "--decoder-ids", "2", "--out", "t"}),
      ErrorCode::kInvalidArgument, "no decoder"));
  EXPECT_TRUE(
      fails_with(command({"forward", "--model", path_, "--ids", "2,3", "--out", "/nowhere/t"}),
                 ErrorCode::kNotFound, "/nowhere/t"));
}

TEST(Arguments, TextAfterTwoDashesIsText) {
  const std::vector<std::string_view> words = {"--model", "m", "--", "--not-an-option"};
  const std::vector<std::string_view> known = {"--model"};
  EXPECT_EQ(parse_arguments(words, known).value().positional[0], "--not-an-option");
}

}  // namespace
}  // namespace glassformer
