#include "core/workspace.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace glassformer {
namespace {

TEST(Workspace, GivesAlignedMemoryThatDoesNotOverlap) {
  Workspace workspace;
  const Matrix a = workspace.matrix(3, 5);
  const Matrix b = workspace.matrix(2, 7);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(a.data) % kAlignment, 0U);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(b.data) % kAlignment, 0U);
  EXPECT_GE(b.data, a.data + 15);
}

TEST(Workspace, AScopeGivesBackWhatItTook) {
  Workspace workspace;
  const float* first = nullptr;
  {
    const Workspace::Scope scope(workspace);
    first = workspace.floats(100).data();
  }
  EXPECT_EQ(workspace.floats(100).data(), first);
}

TEST(Workspace, AllocatesNothingAfterTheFirstPass) {
  Workspace workspace;
  const auto pass = [&workspace] {
    const Workspace::Scope scope(workspace);
    for (size_t i = 0; i < 40; ++i) {
      const Workspace::Scope inner(workspace);
      workspace.matrix(512, 1536);
      workspace.matrix(512, 512);
    }
    workspace.matrix(2048, 1024);
  };
  pass();
  const size_t capacity = workspace.capacity();
  for (int i = 0; i < 3; ++i) pass();
  EXPECT_EQ(workspace.capacity(), capacity);
}

TEST(Buffer, RefusesWhatCannotBeHad) {
  EXPECT_TRUE(Buffer::allocate(0).ok());
  EXPECT_FALSE(Buffer::allocate(SIZE_MAX).ok());
}

}  // namespace
}  // namespace glassformer
