#include "text/text_files.h"

namespace glassformer {

Result<std::string_view> require_file(const TextFiles& files, std::string_view name) {
  const auto file = files.find(name);
  if (file == files.end()) return fail(ErrorCode::kNotFound, "file '", name, "' is missing");
  return file->second;
}

Result<JsonDocument> read_json_file(const TextFiles& files, std::string_view name) {
  const auto file = files.find(name);
  const std::string_view text = file == files.end() ? "{}" : file->second;
  GF_ASSIGN(JsonDocument document, JsonDocument::parse(text, std::string(name)));
  if (!document.root().is_object()) return document.root().mismatch(name, "an object");
  return document;
}

}  // namespace glassformer
