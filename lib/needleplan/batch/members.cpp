#include "needleplan/batch/members.h"

#include <charconv>

namespace needleplan::batch {

namespace {

/// Behind the string that begins at `at`; npos when it does not end.
std::size_t behind_string(std::string_view line, std::size_t at) {
  for (++at; at < line.size(); ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (line[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

/// Behind the value that begins at `at`; npos when it does not end.
std::size_t behind_value(std::string_view line, std::size_t at) {
  std::size_t depth = 0;
  while (at < line.size()) {
    const char c = line[at];
    if (c == '"') {
      at = behind_string(line, at);
      if (at == std::string_view::npos) return at;
      if (depth == 0) return at;
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}')) return at;
    if (c == '{' || c == '[') ++depth;
    ++at;
    if (c == '}' || c == ']') {
      --depth;
      if (depth == 0) return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<std::vector<Member>> members_of(std::string_view line, std::size_t most) {
  if (!line.starts_with("{\"")) return std::nullopt;
  std::vector<Member> out;
  std::size_t at = 1;
  while (out.size() < most) {
    if (at >= line.size() || line[at] != '"') return std::nullopt;
    Member member;
    member.begin = at;
    const std::size_t behind = behind_string(line, at);
    if (behind == std::string_view::npos || behind >= line.size() || line[behind] != ':') return std::nullopt;
    member.name = line.substr(at + 1, behind - at - 2);
    member.end = behind_value(line, behind + 1);
    if (member.end == std::string_view::npos || member.end >= line.size() || member.end == behind + 1)
      return std::nullopt;
    member.value = line.substr(behind + 1, member.end - behind - 1);
    out.push_back(member);
    at = member.end;
    if (line[at] == '}') return at + 1 == line.size() ? std::optional(std::move(out)) : std::nullopt;
    if (line[at] != ',') return std::nullopt;
    ++at;
  }
  return out;
}

std::string_view value_of(const std::vector<Member>& members, std::string_view name) {
  for (const Member& member : members)
    if (member.name == name) return member.value;
  return {};
}

std::optional<std::uint64_t> number_of(std::string_view value) {
  std::uint64_t number = 0;
  if (value.empty() || value.size() > 18) return std::nullopt;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return number;
}

}  // namespace needleplan::batch
