#include "needleplan/batch/earlier.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/batch/hash.h"
#include "needleplan/batch/members.h"
#include "needleplan/render/json.h"
#include "needleplan/render/record.h"
#include "needleplan/yaml/reader.h"

namespace needleplan::batch {

namespace {

constexpr std::size_t kMostRecordBytes = std::size_t{1} << 26U;
// What stands before the findings and tells what the record is.
constexpr std::size_t kHead = 4;

std::string as_json(std::string_view text) {
  std::string out;
  JsonWriter(out, JsonWriter::Layout::compact).value(text);
  return out;
}

/// The text of a member; empty where there is none.
std::string member_text(const yaml::Node& map, std::string_view key) {
  const yaml::Node value = map.find(key);
  return value.valid() && value.is_scalar() ? std::string(value.text()) : std::string{};
}

/// False when an item is no finding.
bool read_findings(const yaml::Node& list, std::vector<EarlierFinding>& out) {
  for (const yaml::Node item : list) {
    EarlierFinding found{{member_text(item, "rule"), member_text(item, "verdict"), member_text(item, "summary")}, {}};
    if (found.finding.rule.empty()) return false;
    const yaml::Node facts = item.find("facts");
    if (facts.valid() && facts.is_list() && facts.count() > 0) found.path = member_text(*facts.begin(), "path");
    out.push_back(std::move(found));
  }
  return true;
}

}  // namespace

bool EarlierRun::refuse(std::uint64_t number, std::string_view why, EarlierFault& fault) const {
  fault = {fmt::format("{}:{}: {}", path_, number, why), {}};
  return false;
}

bool EarlierRun::add(std::string_view line, std::uint64_t number, EarlierFault& fault) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) return true;
  const auto head = members_of(line, kHead);
  if (!head || !line.ends_with('}') || value_of(*head, "record").empty())
    return refuse(number, "this line is no record of an earlier run", fault);
  if (value_of(*head, "schema_version") != as_json(kSchemaVersion))
    return refuse(number, "this record has another schema_version", fault);
  if (value_of(*head, "record") != "\"check\"") return true;
  const std::string_view client = value_of(*head, "client");
  if (client.empty()) return refuse(number, "this record names no client", fault);
  entries_.push_back({hash_of(client).low, lines_.offset()});
  return true;
}

bool EarlierRun::open(const std::string& path, EarlierFault& fault) {
  path_ = path;
  entries_.clear();
  FileError error;
  Lines::Step step = Lines::Step::failed;
  if (lines_.open(path, error)) {
    std::string_view line;
    std::uint64_t number = 0;
    while ((step = lines_.next(line, error)) == Lines::Step::line)
      if (!add(line, ++number, fault)) return false;
    if (step == Lines::Step::cut_off) return refuse(number + 1, "this line is cut off", fault);
  }
  if (step == Lines::Step::failed) {
    fault = {error.message, error.problem};
    if (error.problem == FileProblem::not_a_file)
      fault.message = path + ": no regular file; earlier results are read more than once";
    return false;
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.hash != b.hash ? a.hash < b.hash : a.offset < b.offset; });
  return true;
}

/// Looks for the number of a line only when it is needed.
bool EarlierRun::refuse_at(std::uint64_t offset, EarlierFault& fault) {
  FileError error;
  std::string_view line;
  std::uint64_t number = 0;
  if (lines_.go_to(0, error))
    while (lines_.next(line, error) == Lines::Step::line && lines_.offset() <= offset)
      ++number;
  return refuse(number, "this line is no record of an earlier run", fault);
}

bool EarlierRun::compare(std::string_view client, const Assessment& now, Since& out, EarlierFault& fault) {
  out = {};
  const std::uint64_t hash = hash_of(as_json(client)).low;
  const auto first = std::lower_bound(entries_.begin(), entries_.end(), hash,
                                      [](const Entry& entry, std::uint64_t wanted) { return entry.hash < wanted; });
  auto at = first;
  while (at != entries_.end() && at->hash == hash)
    ++at;
  // The last counts; another client may have the same hash.
  while (at != first) {
    --at;
    FileError error;
    std::string_view line;
    if (!lines_.go_to(at->offset, error) || lines_.next(line, error) == Lines::Step::failed) {
      fault = {error.message, error.problem};
      return false;
    }
    const Source source(path_, std::string(line));
    yaml::Document document;
    Diagnostics diagnostics;
    yaml::Limits limits;
    limits.bytes = kMostRecordBytes;
    if (!yaml::read(source, document, diagnostics, limits)) return refuse_at(at->offset, fault);
    const yaml::Node root = document.root();
    if (member_text(root, "client") != client) continue;
    const yaml::Node findings = root.find("findings");
    std::vector<EarlierFinding> then;
    if (!findings.valid() || !findings.is_list() || !read_findings(findings, then)) return refuse_at(at->offset, fault);
    out = compare_since(now, member_text(root, "as_of"), std::move(then));
    return true;
  }
  return true;
}

}  // namespace needleplan::batch
