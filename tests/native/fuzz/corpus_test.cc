// Everything that the fuzzers ever found, and what they start from, once more: without a fuzzer.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "fuzz/targets.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

class Corpus : public ::testing::TestWithParam<fuzz::Target> {};

TEST_P(Corpus, RunsThrough) {
  const std::string folder = concat("tests/fuzz/corpus/", GetParam().name);
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(concat(GF_SOURCE_DIR "/", folder))) {
    const std::string name = entry.path().filename().string();
    SCOPED_TRACE(name);
    GetParam().run(testing::read_source_file(concat(folder, "/", name)));
    ++files;
  }
  EXPECT_GT(files, 0U) << folder;
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, ::testing::ValuesIn(fuzz::targets()),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace glassformer
