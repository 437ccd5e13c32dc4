#include "needleplan/plan/remarks.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/distance.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/phrases.h"
#include "needleplan/protocol/window_text.h"

namespace needleplan {

namespace {

void append_joined(std::string& out, std::string_view more, std::string_view by = "; ") {
  if (more.empty()) return;
  if (!out.empty()) out += by;
  out += more;
}

/// Two figures for one end. An end without a figure says nothing against one with a figure.
bool ends_differ(const std::optional<Ban>& a, const std::optional<Ban>& b, const Pack& pack) {
  return a && b && length_of(a->to, pack) && length_of(b->to, pack) && text_of(a->to, pack) != text_of(b->to, pack);
}

/// One layer that gives the same subject, as a whole, two ends; else one may be a stage of the other. Between layers
/// that is meant: the clinic's own line stands beside the one below it, each with its dates.
bool contradicts(const Statement& a, const Avoid& ban, const Statement& b, const Avoid& other, const Pack& pack,
                 std::string_view other_side) {
  return a.origins.front().layer == b.origins.front().layer && bans_whole(a, ban) && bans_whole(b, other) &&
         ban.subjects == other.subjects &&
         ((other_side != "before" && ends_differ(ban.before, other.before, pack)) ||
          (other_side != "after" && ends_differ(ban.after, other.after, pack)));
}

/// Minutes from the session; nothing where no figure is known.
std::optional<std::int64_t> minutes_from_session(const Bound& bound, const Pack& pack) {
  if (bound.kind == Bound::Kind::event && pack.events[bound.event].moment && !bound.offset) return kMinutesPerDay;
  const auto length = length_of(bound, pack);
  if (!length) return std::nullopt;
  return (bound.before_session ? -1 : 1) * rough_minutes(length->preferred);
}

/// Whether an action and a ban after the session hold at the same time, as far as figures tell.
bool meet(const Do& action, const Ban& ban, const Pack& pack) {
  if (action.mode == Mode::consult) return false;
  const auto from = minutes_from_session(action.from, pack).value_or(0);
  const auto to = minutes_from_session(action.to, pack);
  const auto ban_from = ban.from ? minutes_from_session(*ban.from, pack).value_or(0) : 0;
  const auto ban_to = minutes_from_session(ban.to, pack);
  return (!ban_to || from < *ban_to) && (!to || *to > ban_from);
}

/// What `b` says against `a`, in words for a client; empty where they do not meet.
std::string_view difference(const Statement& a, const Statement& b, const Pack& pack, std::string_view other_side) {
  const auto* ban = a.as<Avoid>();
  const auto* other = b.as<Avoid>();
  if (ban != nullptr && other != nullptr)
    return contradicts(a, *ban, b, *other, pack, other_side) ? "another line gives another end" : "";
  // Actions are only compared with bans after the session.
  if (other_side == "after") return {};
  const bool forbids = ban != nullptr;
  const auto* avoid = forbids ? ban : other;
  const auto* action = forbids ? b.as<Do>() : a.as<Do>();
  if (avoid == nullptr || action == nullptr || action->subject.empty() || !avoid->after) return {};
  if (!bans_whole(forbids ? a : b, *avoid) || !action->form.empty()) return {};
  const SubjectId subject = pack.catalog.find(action->subject);
  const auto& subjects = avoid->subjects;
  if (subject == kNoSubject || std::find(subjects.begin(), subjects.end(), subject) == subjects.end()) return {};
  if (!meet(*action, *avoid->after, pack)) return {};
  if (avoid->advice) return forbids ? "another line allows it" : "another line recommends against it";
  return forbids ? "another line allows it or asks for it" : "another line says no";
}

}  // namespace

std::string origin_words(const Statement& statement, const Pack& pack, std::string_view other_side) {
  std::string out;
  if (!statement.origins.empty() && statement.origins.front().layer != pack.id) out = "clinic's own rule";
  bool milder = false;
  for (const Loosened& loosened : statement.loosened) {
    const bool here = loosened.keys.empty() || std::any_of(loosened.keys.begin(), loosened.keys.end(),
                                                           [&](const std::string& key) { return key != other_side; });
    if (!here) continue;
    append_joined(out, fmt::format("made milder by {}", loosened.by));
    milder = true;
  }
  if (out.empty() && !milder && statement.origins.size() > 1) out = "changed by the clinic";
  if (statement.citations.list.empty()) append_joined(out, "no source");
  return out;
}

std::vector<Detail> disagreements(const Statement& statement, const PlanInput& input, std::string_view other_side) {
  std::vector<Detail> out;
  // A pack by itself is checked for this when it is made; layers are laid over it by others.
  if (input.pack->layers.empty()) return out;
  for (const Statement& other : input.pack->statements) {
    if (&other == &statement) continue;
    const std::string_view words = difference(statement, other, *input.pack, other_side);
    if (words.empty() || holds(other, input) == Truth::no) continue;
    out.push_back({"Differs", fmt::format("{} ({}). Both stand; ask the practitioner.", words, other.id)});
  }
  return out;
}

std::vector<std::string> layer_lines(const Pack& pack) {
  std::vector<std::string> out;
  for (const Layer& layer : pack.layers) {
    int added = 0;
    int changed = 0;
    int milder = 0;
    for (const Statement& statement : pack.statements) {
      added += statement.origins.front().layer == layer.id ? 1 : 0;
      changed += std::any_of(statement.origins.begin() + 1, statement.origins.end(),
                             [&](const Origin& origin) { return origin.layer == layer.id; })
                     ? 1
                     : 0;
      milder += std::any_of(statement.loosened.begin(), statement.loosened.end(),
                            [&](const Loosened& loosened) { return loosened.layer == layer.id; })
                    ? 1
                    : 0;
    }
    std::string line = fmt::format("With {} ({}): {} added, {} changed; {} made milder.", layer.title, layer.id,
                                   added == 1 ? "1 rule" : fmt::format("{} rules", added), changed, milder);
    std::string gone;
    for (const Disabled& disabled : pack.disabled)
      if (disabled.loosened.layer == layer.id) append_joined(gone, disabled.id, ", ");
    if (!gone.empty()) line += fmt::format(" Taken out: {}.", gone);
    for (const Loosened& loosened : pack.loosened)
      if (loosened.layer == layer.id) line += fmt::format(" Also made milder: {} (by {}).", loosened.what, loosened.by);
    out.push_back(std::move(line));
  }
  return out;
}

std::string draft_words(const Pack& pack) {
  if (pack.lapsed)
    return fmt::format("Draft for a clinician's approval: what {} reviewed on {} was not this content.",
                       pack.lapsed->by, iso(pack.lapsed->on));
  return std::string(pack.layers.empty() ? phrases::kDraft : phrases::kLayeredDraft);
}

std::string clinic_words(const ClinicDetails& clinic) {
  std::string out(clinic.name);
  append_joined(out, clinic.phone, ", ");
  return out;
}

}  // namespace needleplan
