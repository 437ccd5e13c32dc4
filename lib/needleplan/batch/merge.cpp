#include "needleplan/batch/merge.h"

#include <algorithm>
#include <array>
#include <memory>
#include <queue>

#include <fmt/format.h>

#include "needleplan/batch/lines.h"
#include "needleplan/batch/members.h"

namespace needleplan::batch {

namespace {

/// What must be the same in every part.
constexpr std::array<std::string_view, 6> kSame{"verb", "as_of", "engine", "protocol", "layers", "options"};

/// A summary record, taken apart.
struct Summary {
  std::string line;
  std::vector<Member> members;  ///< within `line`
  std::uint64_t of = 0;         ///< shards of the run; 0 for a run that is not one of several
  std::vector<std::uint64_t> shards;
  std::uint64_t total = 0, records = 0;
};

std::vector<std::uint64_t> numbers_of(std::string_view list) {
  std::vector<std::uint64_t> out;
  if (list.size() < 2 || list.front() != '[') return out;
  list = list.substr(1, list.size() - 2);
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const auto number = number_of(list.substr(0, comma));
    if (!number) return {};
    out.push_back(*number);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  return out;
}

/// Whether a line is a whole summary record.
bool read_summary(std::string_view line, Summary& out) {
  const auto head = members_of(line, 2);
  if (!head || value_of(*head, "record") != "\"summary\"") return false;
  out.line = std::string(line);
  auto members = members_of(out.line, 100);
  if (!members) return false;
  out.members = std::move(*members);
  const auto total = number_of(value_of(out.members, "total"));
  const auto records = number_of(value_of(out.members, "records"));
  if (!total || !records) return false;
  out.total = *total;
  out.records = *records;
  const std::string_view shard = value_of(out.members, "shard");
  if (shard.empty()) return true;
  const auto inner = members_of(shard, 100);
  if (!inner) return false;
  out.of = number_of(value_of(*inner, "of")).value_or(0);
  out.shards = numbers_of(value_of(*inner, "parts"));
  return out.of > 0 && !out.shards.empty();
}

/// FNV-1a, for telling records apart.
std::uint64_t pair_hash(std::string_view a, std::string_view b) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const std::string_view text : {a, std::string_view("\n"), b})
    for (const char c : text)
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

/// `{"a":1,"b":2}` of each part, added up by name.
std::string added(const std::vector<std::string_view>& values) {
  std::string out = "{";
  const auto first = members_of(values.front(), 100);
  for (const Member& member : *first) {
    std::uint64_t sum = 0;
    for (const std::string_view value : values)
      if (const auto members = members_of(value, 100)) sum += number_of(value_of(*members, member.name)).value_or(0);
    out += fmt::format("{}\"{}\":{}", out.size() > 1 ? "," : "", member.name, sum);
  }
  return out + "}";
}

class Merge {
 public:
  Merge(const std::vector<std::string>& parts, std::optional<std::uint64_t> expect, const Put& put)
      : parts_(parts), expect_(expect), put_(put), summaries_(parts.size()) {}

  /// The worst of the parts, as their summaries have it.
  [[nodiscard]] int exit() const {
    constexpr std::uint64_t kMost = 125;  // beyond it shells speak for themselves
    std::uint64_t worst = 0;
    for (const Summary& summary : summaries_)
      worst = std::max(worst, number_of(value_of(summary.members, "exit")).value_or(0));
    return static_cast<int>(std::min(worst, kMost));
  }

  std::optional<MergeFault> run() {
    if (parts_.size() > kMostParts)
      return MergeFault{fmt::format("{} parts are more than {}: merge some of them first, then the results",
                                    parts_.size(), kMostParts),
                        {},
                        false};
    if (!look()) return fault_;
    compare();
    if (fault_) return fault_;
    // Once to see that it goes together, and only then for the result.
    for (const bool writing : {false, true}) {
      writing_ = writing;
      if (sharded_ ? !by_position() : !in_order()) return fault_;
    }
    if (!write(summary())) return fault_;
    return std::nullopt;
  }

 private:
  bool fail(std::string message) {
    fault_ = MergeFault{std::move(message), {}, false};
    return false;
  }
  bool fail(const FileError& error) {
    fault_ = MergeFault{error.message, error.problem, false};
    return false;
  }
  bool write(std::string_view bytes) {
    if (put_(bytes)) return true;
    fault_ = MergeFault{{}, {}, true};
    return false;
  }

  /// Finds the summary of each part, and counts its records.
  bool look() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      Lines lines;
      FileError error;
      if (!lines.open(parts_[i], error)) return fail(error);
      std::uint64_t count = 0;
      bool ended = false;
      std::string_view line;
      for (auto step = lines.next(line, error); step != Lines::Step::end; step = lines.next(line, error)) {
        if (step == Lines::Step::failed) return fail(error);
        if (ended) return fail(parts_[i] + ": something stands behind its summary");
        if (step == Lines::Step::cut_off) break;
        ended = read_summary(line, summaries_[i]);
        if (!ended) ++count;
      }
      if (!ended) return fail(parts_[i] + ": has no summary at its end, so it is not complete; run that part again");
      if (count != summaries_[i].records)
        return fail(
            fmt::format("{}: has {} records, but its summary says {}", parts_[i], count, summaries_[i].records));
    }
    return true;
  }

  void compare() {
    const Summary& first = summaries_.front();
    sharded_ = first.of > 0;
    std::vector<std::pair<std::uint64_t, std::size_t>> shards;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const Summary& other = summaries_[i];
      for (const std::string_view name : kSame)
        if (value_of(first.members, name) != value_of(other.members, name)) {
          fail(fmt::format("{}: its {} is {}, but that of {} is {}", parts_[i], name, value_of(other.members, name),
                           parts_.front(), value_of(first.members, name)));
          return;
        }
      if (other.of != first.of) {
        fail(fmt::format("{}: is {}, but {} is {}", parts_[i], kind_words(other), parts_.front(), kind_words(first)));
        return;
      }
      if (sharded_ && other.total != first.total) {
        fail(fmt::format("{}: the whole input has {} records, but that of {} has {}", parts_[i], other.total,
                         parts_.front(), first.total));
        return;
      }
      for (const std::uint64_t shard : other.shards)
        shards.emplace_back(shard, i);
      records_ += other.records;
    }
    std::sort(shards.begin(), shards.end());
    for (std::size_t i = 1; i < shards.size(); ++i)
      if (shards[i].first == shards[i - 1].first) {
        fail(fmt::format("{}: has shard {}, which {} has too", parts_[shards[i].second], shards[i].first,
                         parts_[shards[i - 1].second]));
        return;
      }
    for (const auto& [shard, part] : shards)
      shards_.push_back(shard);
    complete_ = sharded_ && shards_.size() == first.of;
    if (complete_ && records_ != first.total) {
      fail(fmt::format("all {} shards are there, but they have {} of {} records", first.of, records_, first.total));
      return;
    }
    if (expect_ && records_ != *expect_)
      fail(fmt::format("the parts have {} records, and {} are expected", records_, *expect_));
  }

  static std::string kind_words(const Summary& summary) {
    return summary.of == 0 ? std::string("no shard") : fmt::format("a shard of {}", summary.of);
  }

  /// Parts that are no shards: one behind the other.
  bool in_order() {
    std::vector<std::pair<std::uint64_t, std::size_t>> seen;
    if (!writing_) seen.reserve(records_);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      Lines lines;
      FileError error;
      if (!lines.open(parts_[i], error)) return fail(error);
      std::string_view line;
      for (std::uint64_t n = 0; n < summaries_[i].records; ++n) {
        if (lines.next(line, error) != Lines::Step::line) return fail(parts_[i] + ": was changed while it was read");
        if (writing_) {
          if (!write(line) || !write("\n")) return false;
          continue;
        }
        const auto members = members_of(line, 100);
        if (!members) return fail(fmt::format("{}:{}: is no record", parts_[i], n + 1));
        const std::string_view client = value_of(*members, "client");
        const std::string_view profile = value_of(*members, "profile");
        if (!client.empty() && !profile.empty()) seen.emplace_back(pair_hash(client, profile), i);
      }
    }
    // Within one part a client may come twice, as in the input; two parts with the same one overlap.
    std::sort(seen.begin(), seen.end());
    for (std::size_t i = 1; i < seen.size(); ++i)
      if (seen[i].first == seen[i - 1].first && seen[i].second != seen[i - 1].second)
        return fail(fmt::format("{}: has a client with the same profile as {}; is it the same part twice?",
                                parts_[seen[i].second], parts_[seen[i - 1].second]));
    return true;
  }

  struct Head {
    std::uint64_t at = 0;
    std::size_t part = 0;
    bool operator>(const Head& other) const { return at > other.at; }
  };
  struct Open {
    Lines lines;
    std::string_view line;
    std::uint64_t left = 0;
    std::uint64_t at = 0;
    std::size_t begin = 0, end = 0;  ///< of the member `at` in the line, with its comma
  };

  /// The next record of a part; false at its end, or with `fault_` set.
  bool advance(Open& open, std::size_t part) {
    if (open.left == 0) return false;
    --open.left;
    FileError error;
    if (open.lines.next(open.line, error) != Lines::Step::line)
      return fail(parts_[part] + ": was changed while it was read");
    const auto members = members_of(open.line, 3);
    const std::uint64_t before = open.at;
    open.at = 0;
    if (members)
      for (const Member& member : *members)
        if (member.name == "at") {
          open.at = number_of(member.value).value_or(0);
          open.begin = member.begin;
          open.end = member.end + 1;
        }
    const std::uint64_t line = summaries_[part].records - open.left;
    if (open.at == 0) return fail(fmt::format("{}:{}: has no position", parts_[part], line));
    if (open.at <= before || open.at > summaries_[part].total)
      return fail(fmt::format("{}:{}: position {} is not in order", parts_[part], line, open.at));
    return true;
  }

  /// Parts of shards: always the record with the lowest position of all.
  bool by_position() {
    std::vector<std::unique_ptr<Open>> open;
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    const auto next = [&](std::size_t part) {
      if (advance(*open[part], part)) heads.push({open[part]->at, part});
      return !fault_;
    };
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      open.push_back(std::make_unique<Open>());
      FileError error;
      if (!open[i]->lines.open(parts_[i], error)) return fail(error);
      open[i]->left = summaries_[i].records;
      if (!next(i)) return false;
    }
    std::uint64_t last = 0;
    while (!heads.empty()) {
      const auto [at, part] = heads.top();
      heads.pop();
      if (at == last) return fail(fmt::format("{}: position {} is in another part too", parts_[part], at));
      if (complete_ && at != last + 1) return fail(fmt::format("position {} is in no part", last + 1));
      last = at;
      Open& from = *open[part];
      if (writing_) {
        const bool written =
            complete_ ? write(from.line.substr(0, from.begin)) && write(from.line.substr(from.end)) : write(from.line);
        if (!written || !write("\n")) return false;
      }
      if (!next(part)) return false;
    }
    return true;
  }

  [[nodiscard]] std::string sum(std::string_view name) const {
    std::uint64_t out = 0;
    for (const Summary& summary : summaries_)
      out += number_of(value_of(summary.members, name)).value_or(0);
    return fmt::format("{}", out);
  }

  /// The summary of the first part, with the figures of all.
  [[nodiscard]] std::string summary() const {
    std::string out = "{";
    for (const Member& member : summaries_.front().members) {
      std::string value(member.value);
      if (member.name == "shard") {
        if (complete_) continue;
        value = fmt::format("{{\"of\":{},\"parts\":[{}]}}", summaries_.front().of, fmt::join(shards_, ","));
      }
      if (member.name == "total" && !sharded_) value = sum(member.name);
      if (member.name == "records" || member.name == "errors" || member.name == "fallbacks") value = sum(member.name);
      if (member.name == "verdicts") {
        std::vector<std::string_view> all;
        for (const Summary& summary : summaries_)
          all.push_back(value_of(summary.members, member.name));
        value = added(all);
      }
      if (member.name == "exit") value = fmt::format("{}", exit());
      out += fmt::format("{}\"{}\":{}", out.size() > 1 ? "," : "", member.name, value);
    }
    return out + "}\n";
  }

  const std::vector<std::string>& parts_;
  std::optional<std::uint64_t> expect_;
  const Put& put_;
  std::vector<Summary> summaries_;
  bool sharded_ = false;
  bool complete_ = false;  ///< all shards are there
  bool writing_ = false;
  std::vector<std::uint64_t> shards_;
  std::uint64_t records_ = 0;
  std::optional<MergeFault> fault_;
};

}  // namespace

std::optional<MergeFault> merge(const std::vector<std::string>& parts, std::optional<std::uint64_t> expect,
                                const Put& put, int& exit) {
  Merge merge(parts, expect, put);
  auto fault = merge.run();
  if (!fault) exit = merge.exit();
  return fault;
}

}  // namespace needleplan::batch
