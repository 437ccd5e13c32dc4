#include "needleplan/batch/records.h"

#include <algorithm>
#include <array>

namespace needleplan::batch {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{32} << 10U;
constexpr std::size_t kListBytes = std::size_t{64} << 10U;
/// Longer than any path, so that a list whose entries end in NUL shows one within so many bytes.
constexpr std::size_t kLongestPath = std::size_t{8} << 10U;

constexpr std::array<std::string_view, 5> kSuffixes{".yaml", ".yml", ".json", ".ndjson", ".jsonl"};

Framing framing_of(std::string_view path) {
  const auto ends = [path](std::string_view suffix) { return path.ends_with(suffix); };
  if (ends(".yaml") || ends(".yml")) return Framing::documents;
  if (ends(".json")) return Framing::whole;
  if (ends(".ndjson") || ends(".jsonl")) return Framing::lines;
  return Framing::told_by_content;
}

}  // namespace

RecordReader::RecordReader(Inputs inputs, const std::atomic<bool>* stop) : inputs_(std::move(inputs)), stop_(stop) {
  if (stop == nullptr) return;
  list_.stop_at(*stop);
  file_.stop_at(*stop);
}

bool RecordReader::next(Chunk& chunk) {
  chunk.bytes.clear();
  chunk.records.clear();
  begins_.clear();
  while (chunk.records.size() < most_records_ && chunk.bytes.size() < kChunkBytes && next_record(chunk)) {
  }
  for (std::size_t i = 0; i < begins_.size(); ++i) {
    RawRecord& record = chunk.records[i];
    record.bytes = {chunk.bytes.data() + begins_[i], record.bytes.size()};
  }
  // A text that a pipe was to go on with is not whole.
  return !chunk.records.empty() && (stop_ == nullptr || !*stop_);
}

void RecordReader::add_problem(Chunk& chunk, const FileError& error, const std::string& path) {
  RawRecord& record = chunk.records.emplace_back();
  record.input = std::make_shared<const std::string>(path == "-" ? "standard input" : path);
  record.position = ++position_;
  record.alone = path != "-";
  record.problem = error;
  begins_.push_back(chunk.bytes.size());
}

bool RecordReader::next_record(Chunk& chunk) {
  while (true) {
    if (file_open_) {
      if (next_piece(chunk)) return true;
      file_.close();
      file_open_ = false;
    }
    std::string path;
    std::optional<FileError> problem;
    if (!next_path(path, problem)) return false;
    FileError error;
    if (problem || !file_.open(path, error)) {
      add_problem(chunk, problem ? *problem : error, path);
      return true;
    }
    file_open_ = true;
    name_ = std::make_shared<const std::string>(path == "-" ? "standard input" : path);
    splitter_.begin(framing_of(path), path != "-" && file_.regular());
  }
}

bool RecordReader::next_piece(Chunk& chunk) {
  Piece piece;
  while (true) {
    switch (splitter_.next(piece)) {
      case Splitter::Step::end:
        return false;
      case Splitter::Step::more: {
        const std::span<char> room = splitter_.room();
        FileError error;
        const auto count = file_.read(room.data(), room.size(), error);
        if (!count) {
          add_problem(chunk, error, *name_);
          file_.close();
          file_open_ = false;
          return true;
        }
        bytes_read_ += *count;
        splitter_.filled(*count);
        break;
      }
      case Splitter::Step::piece: {
        RawRecord& record = chunk.records.emplace_back();
        record.bytes = piece.bytes;
        record.kind = piece.json ? RecordKind::json : RecordKind::yaml;
        record.input = name_;
        record.position = ++position_;
        record.first_line = piece.first_line;
        record.alone = piece.alone;
        record.too_large = piece.too_large;
        begins_.push_back(chunk.bytes.size());
        chunk.bytes.insert(chunk.bytes.end(), piece.bytes.begin(), piece.bytes.end());
        chunk.bytes.push_back('\0');
        return true;
      }
    }
  }
}

bool RecordReader::next_path(std::string& path, std::optional<FileError>& problem) {
  while (true) {
    if (walk_) {
      FileError error;
      switch (walk_->next(path, error)) {
        case FolderWalk::Step::file:
          return true;
        case FolderWalk::Step::failed:
          path = walked_;
          problem = error;
          return true;
        case FolderWalk::Step::end:
          walk_.reset();
      }
    }
    if (next_path_ < inputs_.paths.size()) {
      path = inputs_.paths[next_path_++];
    } else if (inputs_.list.empty() || !next_listed(path, problem)) {
      return false;
    }
    if (problem) return true;
    if (path == "-" || !is_folder(path)) return true;
    walked_ = path;
    walk_.emplace(path, std::vector<std::string_view>(kSuffixes.begin(), kSuffixes.end()));
  }
}

bool RecordReader::fill_list(FileError& error) {
  listed_.erase(0, listed_at_);
  listed_at_ = 0;
  const std::size_t used = listed_.size();
  listed_.resize(used + kListBytes);
  const auto count = list_.read(listed_.data() + used, kListBytes, error);
  listed_.resize(used + count.value_or(0));
  list_ended_ = count.value_or(0) == 0;
  return count.has_value();
}

bool RecordReader::next_listed(std::string& path, std::optional<FileError>& problem) {
  FileError error;
  const auto failed = [&] {
    path = inputs_.list;
    problem = error;
    inputs_.list.clear();
    return true;
  };
  if (!list_open_) {
    if (!list_.open(inputs_.list, error)) return failed();
    list_open_ = true;
    while (!list_ended_ && listed_.size() < kLongestPath && listed_.find('\0') == std::string::npos)
      if (!fill_list(error)) return failed();
    if (listed_.find('\0') != std::string::npos) list_separator_ = '\0';
  }
  while (true) {
    const std::size_t end = listed_.find(list_separator_, listed_at_);
    if (end == std::string::npos && !list_ended_) {
      if (!fill_list(error)) return failed();
      continue;
    }
    if (listed_at_ == listed_.size()) return false;
    path = listed_.substr(listed_at_, end == std::string::npos ? end : end - listed_at_);
    listed_at_ = end == std::string::npos ? listed_.size() : end + 1;
    if (!path.empty()) return true;
  }
}

}  // namespace needleplan::batch
