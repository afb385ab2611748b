// Heads that threads share are those of one thread, to the last bit; a tracer meets them in order.
#include <vector>

#include <gtest/gtest.h>

#include "core/thread_pool.h"
#include "kernels/random_matrix.h"
#include "layers/attention.h"

namespace glassformer {
namespace {

using testing::RandomMatrix;

constexpr size_t kTokens = 61, kHeads = 7, kWidth = kHeads * 20;
constexpr AttentionSite kSite{AttentionKind::kSelf, 0, kHeads};

class HeadOrder : public Tracer {
 public:
  bool is_watching() const override { return true; }
  bool wants_attention() const override { return true; }
  void attention(AttentionKind /*kind*/, size_t /*layer*/, size_t head,
                 ConstMatrix probs) override {
    heads.push_back(head);
    all.insert(all.end(), probs.data, probs.data + probs.rows * probs.cols);
  }

  std::vector<size_t> heads;
  std::vector<float> all;
};

struct Case {
  AttentionMask mask = AttentionMask::kNone;
  ConstMatrix bias = {};
};

/// What every head of random queries, keys and values gives.
class SharedHeads : public ::testing::TestWithParam<size_t> {
 protected:
  /// With or without a mask for what comes later; the bias only where the sequence has one.
  std::vector<float> attend(ThreadPool* threads, Tracer& tracer, const Case& of,
                            const Interventions* changes = nullptr) {
    Workspace workspace;
    if (threads != nullptr) workspace.use(*threads);
    ForwardContext context{workspace, tracer, changes};
    const QueriesKeysValues in{q_.view(), k_.view(), v_.view()};
    BatchedSequence whole{0, kTokens};
    whole.bias = of.bias;
    const Matrix out = self_attention(in, {&whole, 1}, of.mask, kSite, context);
    return {out.data, out.data + out.rows * out.cols};
  }

  RandomMatrix q_{kTokens, kWidth, 1}, k_{kTokens, kWidth, 2}, v_{kTokens, kWidth, 3};
  RandomMatrix bias_{kHeads * kTokens, kTokens, 4};
  ThreadPool threads_{GetParam()};
  Tracer silent_;
};

TEST_P(SharedHeads, AreThoseOfOneThread) {
  Interventions changes;
  changes.masked_heads.push_back({AttentionKind::kSelf, 0, 2});
  changes.masked_tokens.push_back(5);
  for (const Case& of :
       {Case{}, Case{.mask = AttentionMask::kCausal}, Case{.bias = bias_.view()}}) {
    EXPECT_EQ(attend(&threads_, silent_, of), attend(nullptr, silent_, of));
    EXPECT_EQ(attend(&threads_, silent_, of, &changes), attend(nullptr, silent_, of, &changes));
  }
}

TEST_P(SharedHeads, AreSeenInOrder) {
  HeadOrder expected, seen;
  EXPECT_EQ(attend(&threads_, seen, {}), attend(nullptr, expected, {}));
  EXPECT_EQ(seen.heads, (std::vector<size_t>{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(seen.all, expected.all);
}

INSTANTIATE_TEST_SUITE_P(All, SharedHeads, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace glassformer
