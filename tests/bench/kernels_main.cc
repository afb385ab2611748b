// The kernels on this machine, as lines of JSON: the best rate of many short runs.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "kernels.h"

namespace {

/// The best rate that `run`, which returns an amount of work, reaches: in 10^9 a second.
template <class Run>
double best_rate(Run run) {
  constexpr int kRuns = 200;
  double best = 0;
  for (int i = 0; i < kRuns; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double work = run();
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
    best = std::max(best, work / taken.count());
  }
  return best;
}

struct Case {
  int m, k, n, copies;
};
constexpr Case kCases[] = {{128, 768, 768, 1}, {128, 3072, 768, 1}, {32, 768, 768, 1},
                           {16, 768, 768, 1},  {4, 768, 768, 1},    {1, 768, 768, 1}};

}  // namespace

int main() {
  constexpr int kPeakTimes = 1250;
  constexpr double kOperations = 2;  // a multiplication and an addition
  std::printf("{\"peak_int8\":%.1f,\"peak_f32\":%.1f,\"cases\":[",
              kOperations * best_rate([] { return peak_int8(kPeakTimes); }),
              kOperations * best_rate([] { return peak_f32(kPeakTimes); }));
  const char* separator = "";
  for (const auto [m, k, n, copies] : kCases) {
    std::printf("%s{\"m\":%d,\"k\":%d,\"n\":%d,\"int8\":%.1f,\"f32\":%.1f}", separator, m, k, n,
                kOperations * best_rate([&] { return multiply_int8(m, k, n, copies); }),
                kOperations * best_rate([&] { return multiply_f32(m, k, n, copies); }));
    separator = ",";
  }
  std::printf("]}\n");
}
