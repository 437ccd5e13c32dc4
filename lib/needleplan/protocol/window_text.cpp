#include "needleplan/protocol/window_text.h"

#include <fmt/format.h>

#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

/// The length as it was written, without signs: the side says them.
std::string bare(const Bound& bound) {
  std::string text(bound.written);
  const auto drop_sign = [&](std::size_t at) {
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) text.erase(at, 1);
  };
  if (const std::size_t dots = text.find(".."); dots != std::string::npos) drop_sign(dots + 2);
  drop_sign(0);
  return text;
}

std::string event_text(const Bound& bound, const Pack& pack) {
  std::string out = fmt::format("until {}", pack.events[bound.event].id);
  if (bound.offset) out += fmt::format(" + {}", to_string(*bound.offset));
  return out;
}

std::string signed_text(const Bound& bound, bool before_session, const Pack& pack) {
  const std::string_view sign = before_session ? "-" : "";
  switch (bound.kind) {
    case Bound::Kind::open:
      return "open";
    case Bound::Kind::event:
      return std::string(bound.written);
    case Bound::Kind::later_of:
      return fmt::format("later of {}{} and {}", sign, bare(bound), event_text(bound, pack));
    case Bound::Kind::earlier_of:
      return fmt::format("earlier of {}{} and {}", sign, bare(bound), event_text(bound, pack));
    case Bound::Kind::clock:
      // The session and its day have no side.
      if (bound.written == "0d" || bound.written == "0h") return std::string(bound.written);
      return fmt::format("{}{}", sign, bare(bound));
    case Bound::Kind::vague:
    case Bound::Kind::course:
      return fmt::format("{}{}", sign, bare(bound));
  }
  return {};
}

void add_ban(const Ban& ban, bool before_session, const Pack& pack, std::vector<WindowText>& out) {
  const std::string near = ban.from ? signed_text(*ban.from, before_session, pack) : "0d";
  const std::string far = signed_text(ban.to, before_session, pack);
  out.push_back(before_session ? WindowText{far, near} : WindowText{near, far});
}

}  // namespace

std::string text_of(const Bound& bound, const Pack& pack) {
  return signed_text(bound, bound.before_session, pack);
}

std::vector<WindowText> windows_of(const Statement& statement, const Pack& pack) {
  std::vector<WindowText> out;
  const auto both = [&](const Bound& from, const Bound& to) {
    if (from.kind != Bound::Kind::open || to.kind != Bound::Kind::open)
      out.push_back({text_of(from, pack), text_of(to, pack)});
  };
  std::visit(Overloaded{[&](const Avoid& avoid) {
                          if (avoid.before) add_ban(*avoid.before, true, pack, out);
                          if (avoid.after) add_ban(*avoid.after, false, pack, out);
                          if (out.empty() && avoid.in_session) out.push_back({"0h", "0h"});
                        },
                        [&](const Contraindication& rule) {
                          if (rule.wait) out.push_back({"-" + to_string(*rule.wait), "0d"});
                        },
                        [&](const Do& action) { both(action.from, action.to); },
                        [&](const Expect& expect) { both(expect.from, expect.to); },
                        [&](const Warning& warning) { both(warning.from, warning.to); },
                        [&](const Series& series) {
                          if (series.interval) out.push_back({to_string(*series.interval), "open"});
                        },
                        [](const Step&) {}, [](const NoConcern&) {}},
             statement.detail);
  return out;
}

}  // namespace needleplan
