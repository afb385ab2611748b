// What a model is going to need of a checkpoint, known before its weights are there: a family's own
// loader is run against the names alone, and every weight it asks for is written down with its
// shape and the form it is computed in. So a checkpoint that does not fit is refused at its header,
// and the store knows what to make of each tensor while the bytes arrive.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "formats/weights.h"

namespace glassformer {

enum class WeightForm {
  kVector,
  kMatrix,       // in the form that the storage option asks for
  kFloatMatrix,  // F32 whatever the option says
  kTransposed,   // turned, then as kMatrix
};

struct PlannedWeight {
  WeightForm form;
  std::vector<size_t> shape;  // as the file has it
};

using TensorNames = std::set<std::string, std::less<>>;

struct WeightPlan {
  TensorNames names;  // all that the checkpoint has
  std::map<std::string, PlannedWeight, std::less<>> weights;
  size_t parameters = 0;  // of the weights, each counted once, scales left out
};

/// Answers with views of the right shape that point nowhere: what is loaded from it is to be thrown
/// away.
class WeightPlanner final : public WeightSource {
 public:
  explicit WeightPlanner(TensorNames names) : plan_{std::move(names), {}, 0} {}

  bool contains(std::string_view name) const override { return plan_.names.contains(name); }
  Result<std::span<const float>> vector(const std::string& name, size_t count) override;
  Result<WeightMatrix> matrix(const std::string& name, size_t rows, size_t cols) override;
  Result<ConstMatrix> float_matrix(const std::string& name, size_t rows, size_t cols) override;
  Result<WeightMatrix> transposed_matrix(const std::string& name, size_t rows,
                                         size_t cols) override;

  WeightPlan take() { return std::move(plan_); }

 private:
  Result<void> add(const std::string& name, WeightForm form, std::vector<size_t> shape);

  WeightPlan plan_;
};

}  // namespace glassformer
