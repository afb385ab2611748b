#include "engine/loaded_model.h"

namespace glassformer {

std::string_view task_of(Head head) {
  switch (head) {
    case Head::kNone:
      return "feature-extraction";
    case Head::kSequenceClassification:
      return "text-classification";
    case Head::kTokenClassification:
      return "token-classification";
    case Head::kQuestionAnswering:
      return "question-answering";
    case Head::kMaskedLm:
      return "fill-mask";
    case Head::kCausalLm:
      return "text-generation";
    case Head::kSeq2SeqLm:
      return "text2text-generation";
  }
  check_failed("every head has a task");
}

Result<std::string_view> file_text(const ModelFiles& files, std::string_view name) {
  const auto file = files.find(name);
  if (file == files.end()) return fail(ErrorCode::kNotFound, "file '", name, "' is missing");
  return std::string_view(reinterpret_cast<const char*>(file->second.data()), file->second.size());
}

Result<Tokenizer> load_tokenizer(const ModelFiles& files) {
  TextFiles texts;
  for (const std::string_view name : kTokenizerFiles) {
    if (!files.contains(name)) continue;
    GF_ASSIGN(const std::string_view text, file_text(files, name));
    texts.emplace(name, text);
  }
  return Tokenizer::from_files(texts);
}

Result<void> check_vocabulary(size_t tokens, const ModelShape& shape) {
  if (tokens <= shape.vocab_size) return {};
  return fail(ErrorCode::kInvalidFormat, "the tokeniser has ", tokens,
              " tokens, the model's embedding only ", shape.vocab_size);
}

}  // namespace glassformer
