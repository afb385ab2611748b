// What the reference pipelines answer, as the recipes of tests/golden/pipelines wrote it down, and
// the engine with the same model.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "engine/engine.h"
#include "support/matchers.h"

namespace glassformer::testing {

/// A folder of tests/golden/pipelines: its model loaded, its expectations parsed.
class PipelineGolden {
 public:
  PipelineGolden(std::string_view folder, std::string task);

  size_t size() const { return cases().size(); }
  JsonValue at(size_t i) const { return cases()[i]; }

  /// The engine's answer to one text, and to several.
  Result<RunOutput> run(std::string text, std::optional<std::string> pair, std::string options);
  Result<std::vector<RunOutput>> run(std::vector<RunText> texts, std::string options);

 private:
  JsonValue cases() const { return expected_.root().at("cases").value(); }

  JsonDocument expected_;
  std::string task_;
  Engine engine_;
  ModelHandle model_ = 0;
};

JsonDocument parse(std::string_view json);

/// Members of an object that have to be there.
std::string text_at(const JsonValue& object, std::string_view key);
double number_at(const JsonValue& object, std::string_view key);

/// Fails the running test unless both are as long and every number is within 1e-4.
void expect_numbers(const JsonValue& expected, std::span<const float> got);

}  // namespace glassformer::testing
