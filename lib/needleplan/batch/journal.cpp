#include "needleplan/batch/journal.h"

#include <cstring>

#include <fmt/format.h>

#include "needleplan/batch/rows.h"

namespace needleplan::batch {

namespace {

constexpr std::size_t kBuffer = std::size_t{64} << 10U;
constexpr std::string_view kTitle = "needleplan journal 1\n";
constexpr std::size_t kMostHead = std::size_t{64} << 10U;
constexpr std::uint8_t kNoVerdict = 255;

std::string head_of(const std::vector<std::pair<std::string, std::string>>& terms) {
  std::string head(kTitle);
  for (const auto& [name, value] : terms)
    head += fmt::format("{}: {}\n", name, value);
  return head + "\n";
}

}  // namespace

/// One record in the journal, byte for byte.
struct Stream::Entry {
  std::uint64_t end = 0;  ///< of its output in the file
  Hash record;
  Hash output;
  std::int32_t code = 0;
  std::uint8_t verdict = kNoVerdict;
  std::uint8_t ours = 0;
  std::uint8_t error = 0;
  std::uint8_t fallback = 0;
};

std::vector<std::pair<std::string, std::string>> terms_of(const Run& run) {
  std::vector<std::pair<std::string, std::string>> terms{
      {"engine", run.provenance.engine},
      {"protocol", run.provenance.protocol_digest},
      {"as-of", iso(run.as_of)},
      {"verb", std::string(kVerbNames[static_cast<std::size_t>(run.verb)])},
      {"format", std::string(kFormatNames[static_cast<std::size_t>(run.formats.front())])},
      {"lang", run.pack->language},
      {"days", std::to_string(run.days)},
      {"start", run.start ? clock(*run.start) : ""},
      {"shard", run.shard ? fmt::format("{}/{}", run.shard->index, run.shard->of) : ""},
      {"ascii", run.draw.ascii ? "yes" : "no"},
      {"color", run.draw.color == Color::on ? "yes" : "no"},
      {"templates", run.draw.templates}};
  std::string layers;
  for (const Layer& layer : run.pack->layers)
    layers += (layers.empty() ? "" : " ") + layer.digest;
  terms.emplace_back("layers", layers);
  std::string codes;
  for (const int code : run.exit_codes)
    codes += fmt::format("{}{}", codes.empty() ? "" : " ", code);
  terms.emplace_back("exit codes", codes);
  return terms;
}

Stream::Stream(std::string path) : path_(std::move(path)) {
  journaled_ = path_ != "-" && !is_special(path_);
  if (journaled_) path_ = link_target(path_);
}

bool Stream::left_over() const {
  return journaled_ && exists(path_ + ".part");
}

bool Stream::read_terms(const std::string& head, std::string& differs) {
  if (head.compare(0, head_.size(), head_) == 0) return true;
  if (!head.starts_with(kTitle)) {
    differs = "the journal of the run before cannot be understood";
    return false;
  }
  std::string_view was = head;
  std::string_view now = head_;
  while (!was.empty() && !now.empty()) {
    const std::string_view old_line = was.substr(0, was.find('\n'));
    const std::string_view new_line = now.substr(0, now.find('\n'));
    if (old_line != new_line) {
      const std::string_view name = new_line.substr(0, new_line.find(':'));
      const auto value = [&name](std::string_view line) { return line.substr(std::min(line.size(), name.size() + 2)); };
      differs =
          fmt::format("{} is \"{}\" now and was \"{}\" in the run before", name, value(new_line), value(old_line));
      return false;
    }
    was.remove_prefix(std::min(was.size(), old_line.size() + 1));
    now.remove_prefix(std::min(now.size(), new_line.size() + 1));
  }
  differs = "the journal of the run before has no whole head";
  return false;
}

bool Stream::open(const Run& run, bool resume, FileError& error, std::string& differs) {
  if (run.formats.front() == Format::csv && !run.files) preamble_ = kRowHead;
  if (!journaled_) return out_.open_direct(path_, error);
  end_ = preamble_.size();
  head_ = head_of(terms_of(run));
  if (!out_.open(path_ + ".part", error) || !journal_.open(path_ + ".part.journal", error)) return false;
  if (!resume || journal_.size() == 0) return out_.cut(0, error) && journal_.cut(0, error);
  const auto head = journal_.read(0, kMostHead, error);
  return head && read_terms(*head, differs);
}

bool Stream::keep(const RawRecord& record, Totals& totals, FileError& error) {
  const auto bytes = journal_.read(head_.size() + kept_ * sizeof(Entry), sizeof(Entry), error);
  if (!bytes || bytes->size() < sizeof(Entry)) return false;
  Entry entry;
  std::memcpy(&entry, bytes->data(), sizeof entry);
  if (entry.record != identity_of(record) || entry.end < end_ || entry.end > out_.size()) return false;
  const auto output = out_.read(end_, static_cast<std::size_t>(entry.end - end_), error);
  if (!output || hash_of(*output) != entry.output) return false;
  RecordResult result;
  result.ours = entry.ours != 0;
  result.error = entry.error != 0;
  result.fallback = entry.fallback != 0;
  result.code = entry.code;
  if (entry.verdict < kEnumNames<Verdict>.size()) result.verdict = static_cast<Verdict>(entry.verdict);
  totals.add(result);
  ++kept_;
  end_ = entry.end;
  return true;
}

bool Stream::begin(FileError& error) {
  if (!journaled_) return write(preamble_, error);
  if (kept_ == 0)
    return out_.cut(0, error) && out_.write(preamble_, error) && journal_.cut(0, error) && journal_.write(head_, error);
  if (!out_.cut(end_, error)) return false;
  return journal_.cut(head_.size() + kept_ * sizeof(Entry), error);
}

bool Stream::write(const Results& results, std::size_t count, std::string_view out, FileError& error) {
  if (!journaled_) return write(out, error);
  if (!out_.write(out, error)) return false;
  entries_.clear();
  std::size_t begin = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const RecordResult& result = results.records[i];
    Entry entry;
    entry.end = end_ + result.out_end;
    entry.record = result.text;
    entry.output = hash_of(out.substr(begin, result.out_end - begin));
    entry.code = result.code;
    if (result.verdict) entry.verdict = static_cast<std::uint8_t>(*result.verdict);
    entry.ours = result.ours ? 1 : 0;
    entry.error = result.error ? 1 : 0;
    entry.fallback = result.fallback ? 1 : 0;
    entries_.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    begin = result.out_end;
  }
  end_ += out.size();
  return journal_.write(entries_, error);
}

bool Stream::write(std::string_view bytes, FileError& error) {
  if (journaled_ || (buffer_.empty() && bytes.size() >= kBuffer)) return out_.write(bytes, error);
  buffer_ += bytes;
  return buffer_.size() < kBuffer || write_rest(error);
}

bool Stream::write_rest(FileError& error) {
  const bool written = out_.write(buffer_, error);
  buffer_.clear();
  return written;
}

bool Stream::finish(FileError& error) {
  if (!journaled_) return write_rest(error);
  if (!out_.rename(path_, error)) return false;
  journal_.remove();
  return true;
}

}  // namespace needleplan::batch
