#include "trace/recorder.h"

#include <array>

#include <gtest/gtest.h>

namespace glassformer {
namespace {

TEST(Recorder, PacksByLayerAndHead) {
  Recorder recorder({.attentions = true, .hidden_states = true}, {.n_layers = 2, .n_heads = 3});
  std::array<float, 4> probs{};
  for (size_t layer = 0; layer < 2; ++layer) {
    for (size_t head = 0; head < 3; ++head) {
      probs.fill(static_cast<float>(layer * 10 + head));
      recorder.attention(AttentionKind::kSelf, layer, head, {probs.data(), 2, 2});
    }
  }
  const TraceTensor& attentions = recorder.attentions(AttentionKind::kSelf);
  EXPECT_EQ(attentions.shape, (std::vector<size_t>{2, 3, 2, 2}));
  EXPECT_EQ(attentions.data[(1 * 3 + 2) * 4 + 3], 12.0F);
  EXPECT_TRUE(recorder.attentions(AttentionKind::kCross).data.empty());

  const std::array<float, 8> wide = {1, 2, 3, 4, 5, 6, 7, 8};
  recorder.hidden_states(Stream::kMain, 2, {wide.data(), 2, 3, 4});
  EXPECT_EQ(recorder.all_hidden_states(Stream::kMain).shape, (std::vector<size_t>{3, 2, 3}));
  EXPECT_EQ(recorder.all_hidden_states(Stream::kMain).data[2 * 6 + 3], 5.0F);
}

TEST(Recorder, KeepsNothingThatWasNotAskedFor) {
  Recorder recorder({}, {.n_layers = 1, .n_heads = 1});
  const std::array<float, 1> one = {1};
  EXPECT_FALSE(recorder.wants_attention());
  recorder.attention(AttentionKind::kSelf, 0, 0, {one.data(), 1, 1});
  recorder.hidden_states(Stream::kMain, 0, {one.data(), 1, 1});
  EXPECT_TRUE(recorder.attentions(AttentionKind::kSelf).data.empty());
  EXPECT_TRUE(recorder.all_hidden_states(Stream::kMain).data.empty());
}

}  // namespace
}  // namespace glassformer
