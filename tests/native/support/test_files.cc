#include "support/test_files.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>

#include "core/check.h"

namespace glassformer::testing {

std::string read_source_file(std::string_view path) {
  std::ifstream file(concat(GF_SOURCE_DIR "/", path), std::ios::binary);
  GF_CHECK(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

Folder read_golden(std::string_view name) {
  Folder folder;
  for (const char* file : {"config.json", "model.safetensors"}) {
    folder[file] = read_source_file(concat("tests/golden/models/", name, "/", file));
  }
  folder["tokenizer.json"] = letter_tokenizer();
  return folder;
}

std::string letter_tokenizer(char last) {
  std::string vocab = R"("[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"[MASK]":4)";
  int id = 5;
  for (const char* prefix : {"", "##"}) {
    for (char letter = 'a'; letter <= last; ++letter) {
      vocab += concat(",\"", prefix, std::string(1, letter), "\":", id++);
    }
  }
  return concat(
      R"({"version":"1.0","truncation":null,"padding":null,"added_tokens":[],)"
      R"("normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,)"
      R"("strip_accents":null,"lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},)"
      R"("post_processor":{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]},)"
      R"("decoder":{"type":"WordPiece","prefix":"##","cleanup":true},)"
      R"("model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",)"
      R"("max_input_chars_per_word":100,"vocab":{)",
      vocab, "}}}");
}

ModelHandle add_model(Engine& engine, const Folder& folder) {
  const ModelHandle model = engine.open_model();
  for (const auto& [name, contents] : folder) {
    const auto memory = engine.allocate_file(model, name, contents.size());
    GF_CHECK(memory.ok());
    std::ranges::copy(as_bytes(contents), memory.value().begin());
  }
  return model;
}

ModelFiles model_files(const Folder& folder) {
  ModelFiles files;
  for (const auto& [name, contents] : folder) {
    auto buffer = Buffer::allocate(contents.size());
    GF_CHECK(buffer.ok());
    std::ranges::copy(as_bytes(contents), buffer.value().bytes().begin());
    files.emplace(name, std::move(buffer).value());
  }
  return files;
}

std::string make_safetensors(std::string_view header, std::string_view data) {
  const uint64_t length = header.size();
  std::string file(sizeof(length), '\0');
  std::memcpy(file.data(), &length, sizeof(length));
  file += header;
  file += data;
  return file;
}

std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace glassformer::testing
