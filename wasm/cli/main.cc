// The engine from a terminal. One line of JSON on standard output; errors on standard error with
// exit code 1.
#include <cstdio>
#include <span>
#include <string_view>
#include <vector>

#include "cli/commands.h"

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  const auto output = glassformer::run_command(arguments);
  if (!output.ok()) {
    std::fprintf(stderr, "error: %s\n", output.error().message().c_str());
    return 1;
  }
  std::puts(output.value().c_str());
  return 0;
}
