// A pass takes its memory from the workspace: once that has grown, nothing comes from the heap any
// more, whatever the number of tokens and of layers.
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "engine/model_loader.h"
#include "support/allocations.h"
#include "support/golden.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

std::unique_ptr<LoadedModel> load(std::string_view name, const std::string& dtype) {
  ModelFiles files = testing::model_files(testing::read_golden(name));
  auto loaded = load_model_files(files, {.dtype = dtype});
  GF_CHECK(loaded.ok());
  return std::move(loaded).value();
}

/// The workspace takes its blocks by another way than operator new.
size_t taken(const Workspace& workspace) { return testing::allocations() + workspace.capacity(); }

std::string test_name(const ::testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::ranges::replace_if(name, [](char c) { return c == '-' || c == '/'; }, '_');
  return name;
}

TEST(Allocations, AreCounted) {
  const size_t before = testing::allocations();
  operator delete(operator new(1));  // a container's might be left out by the compiler
  EXPECT_EQ(testing::allocations(), before + 1);
}

class EncoderAllocations : public ::testing::TestWithParam<const char*> {};

TEST_P(EncoderAllocations, ThereAreNoneOnceThePassIsWarm) {
  for (const std::string dtype : {"fp32", "q8"}) {
    SCOPED_TRACE(dtype);
    const auto loaded = load(GetParam(), dtype);
    const auto cases = testing::read_cases(GetParam());
    Workspace workspace;
    Tracer silent;
    ForwardContext context{workspace, silent};
    const auto run_all = [&] {
      for (const auto& c : cases) {
        const Workspace::Scope scope(workspace);
        loaded->model->forward({c.ids, c.type_ids}, context);
      }
    };
    run_all();
    const size_t before = taken(workspace);
    run_all();
    EXPECT_EQ(taken(workspace), before);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, EncoderAllocations,
                         ::testing::Values("bert-classification", "distilbert-classification"),
                         test_name);

class DecoderAllocations : public ::testing::TestWithParam<const char*> {};

/// The caches make room ahead of what they need.
TEST_P(DecoderAllocations, ThereAreNoneInAStepOnceOneWasMade) {
  const auto loaded = load(GetParam(), "q8");
  const Model& model = *loaded->model;
  Workspace workspace;
  Tracer silent;
  ForwardContext context{workspace, silent};
  std::vector<SourceMemory> sources(1);
  const bool is_seq2seq = model.shape().n_decoder_layers > 0;
  const std::vector<int32_t> prompt{2, 3, 2, 3}, token{2};
  if (is_seq2seq) sources = model.read_sources({prompt}, context);
  SequenceCache cache, longer;
  const auto decode = [&](std::span<const int32_t> ids, SequenceCache& into) {
    const Workspace::Scope scope(workspace);
    const DecoderInput input{ids, &into, is_seq2seq ? sources.data() : nullptr};
    model.decode({&input, 1}, context);
  };
  for (int i = 0; i < 3; ++i) decode(prompt, longer);  // as long as the other will become
  decode(prompt, cache);
  const size_t before = taken(workspace);
  for (int i = 0; i < 3; ++i) decode(token, cache);
  EXPECT_EQ(taken(workspace), before);
}

INSTANTIATE_TEST_SUITE_P(Families, DecoderAllocations,
                         ::testing::Values("generation/marian", "generation/gpt2", "generation/t5"),
                         test_name);

}  // namespace
}  // namespace glassformer
