#include "formats/weight_plan.h"

namespace glassformer {

Result<void> WeightPlanner::add(const std::string& name, WeightForm form,
                                std::vector<size_t> shape) {
  if (!contains(name)) {
    return fail(ErrorCode::kNotFound, "tensor '", name, "' ", shape_string(shape), " is missing");
  }
  const auto [planned, is_new] = plan_.weights.emplace(name, PlannedWeight{form, shape});
  if (!is_new) {
    GF_CHECK(planned->second.form == form);  // a family computes with a tensor in one form
    if (planned->second.shape == shape) return {};
    return fail(ErrorCode::kInvalidFormat, name, ": expected ", shape_string(shape),
                " in one place, ", shape_string(planned->second.shape), " in another");
  }
  size_t count = 1;
  for (const size_t extent : shape) count *= extent;
  plan_.parameters += count;
  // Only the file's header will say whether the matrix is I8 and needs them.
  const std::string scales = name + "_scale";
  if (form != WeightForm::kVector && contains(scales)) {
    plan_.weights.emplace(scales, PlannedWeight{WeightForm::kVector, {shape[0]}});
  }
  return {};
}

Result<std::span<const float>> WeightPlanner::vector(const std::string& name, size_t count) {
  GF_TRY(add(name, WeightForm::kVector, {count}));
  return std::span<const float>();
}

Result<WeightMatrix> WeightPlanner::matrix(const std::string& name, size_t rows, size_t cols) {
  GF_TRY(add(name, WeightForm::kMatrix, {rows, cols}));
  return ConstMatrix(nullptr, rows, cols);
}

Result<ConstMatrix> WeightPlanner::float_matrix(const std::string& name, size_t rows, size_t cols) {
  GF_TRY(add(name, WeightForm::kFloatMatrix, {rows, cols}));
  return ConstMatrix(nullptr, rows, cols);
}

Result<WeightMatrix> WeightPlanner::transposed_matrix(const std::string& name, size_t rows,
                                                      size_t cols) {
  GF_TRY(add(name, WeightForm::kTransposed, {rows, cols}));
  return ConstMatrix(nullptr, cols, rows);
}

}  // namespace glassformer
