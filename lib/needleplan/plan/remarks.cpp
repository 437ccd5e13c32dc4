#include "needleplan/plan/remarks.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/distance.h"
#include "needleplan/plan/common.h"
#include "needleplan/protocol/window_text.h"

namespace needleplan {

namespace {

void join(std::string& out, std::string_view more, std::string_view by = "; ") {
  if (more.empty()) return;
  if (!out.empty()) out += by;
  out += more;
}

bool shares_subject(const Subjects& a, const Subjects& b) {
  return std::any_of(a.begin(), a.end(), [&](SubjectId s) { return std::find(b.begin(), b.end(), s) != b.end(); });
}

/// A ban on the whole of its subject, whoever the client is: what stands beside it is no stage of it.
bool is_plain(const Statement& statement, const Avoid& avoid) {
  return !statement.when && statement.degree == Degree::any && avoid.form.empty() && !avoid.strength.given() &&
         statement.graded.empty();
}

/// Two bans on one side of the session that end apart.
bool windows_differ(const Avoid& a, const Avoid& b, const Pack& pack) {
  const auto differ = [&](const std::optional<Ban>& x, const std::optional<Ban>& y) {
    return x && y && text_of(x->to, pack) != text_of(y->to, pack);
  };
  return differ(a.before, b.before) || differ(a.after, b.after);
}

/// Minutes from the session; nothing where no figure is known.
std::optional<std::int64_t> minutes(const Bound& bound, const Pack& pack) {
  const auto length = length_of(bound, pack);
  if (!length) return std::nullopt;
  return (bound.before_session ? -1 : 1) * rough_minutes(length->preferred);
}

/// Whether an action and a ban after the session hold at the same time, as far as figures tell.
bool meet(const Do& action, const Ban& ban, const Pack& pack) {
  if (action.mode == Mode::consult) return false;
  const auto from = minutes(action.from, pack).value_or(0);
  const auto to = minutes(action.to, pack);
  const auto ban_from = ban.from ? minutes(*ban.from, pack).value_or(0) : 0;
  const auto ban_to = minutes(ban.to, pack);
  return (!ban_to || from < *ban_to) && (!to || *to > ban_from);
}

std::string window_words(const Statement& statement, const Pack& pack) {
  std::string out;
  for (const WindowText& window : windows_of(statement, pack))
    join(out, fmt::format("{} to {}", window.from, window.to), ", ");
  return out;
}

std::string_view difference(const Statement& a, const Statement& b, const Pack& pack) {
  const auto* ban = a.as<Avoid>();
  const auto* other = b.as<Avoid>();
  if (ban != nullptr && other != nullptr) {
    if (is_plain(a, *ban) && is_plain(b, *other) && shares_subject(ban->subjects, other->subjects) &&
        windows_differ(*ban, *other, pack))
      return "has another window";
    return {};
  }
  const bool forbids = ban != nullptr;
  const auto* avoid = forbids ? ban : other;
  const auto* action = forbids ? b.as<Do>() : a.as<Do>();
  if (avoid == nullptr || action == nullptr || action->subject.empty() || !avoid->after) return {};
  if (!is_plain(forbids ? a : b, *avoid) || !action->form.empty()) return {};
  const SubjectId subject = pack.catalog.find(action->subject);
  if (subject == kNoSubject || !shares_subject(avoid->subjects, {subject})) return {};
  if (!meet(*action, *avoid->after, pack)) return {};
  return forbids ? "allows it or asks for it" : "forbids it";
}

}  // namespace

std::string origin_words(const Statement& statement, const Pack& pack) {
  std::string out;
  const bool own = !statement.origins.empty() && statement.origins.front().layer != pack.id;
  if (own) {
    out = "clinic's own rule";
  } else if (statement.origins.size() > 1) {
    out = "changed by the clinic";
  }
  for (const Loosened& loosened : statement.loosened)
    join(out, fmt::format("made milder by {}", loosened.by));
  if (statement.citations.list.empty()) join(out, "no source");
  return out;
}

std::vector<Detail> disagreements(const Statement& statement, const PlanInput& input) {
  std::vector<Detail> out;
  // A pack by itself is checked for this when it is made; layers are laid over it by others.
  if (input.pack->layers.empty()) return out;
  for (const Statement& other : input.pack->statements) {
    if (&other == &statement) continue;
    const std::string_view words = difference(statement, other, *input.pack);
    if (words.empty() || holds(other, input) == Truth::no) continue;
    out.push_back({"Differs", fmt::format("the rule {} {} ({}). Both stand; ask the practitioner which one counts for "
                                          "you.",
                                          other.id, words, window_words(other, *input.pack))});
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
    std::string line = fmt::format("With {} ({}): {} rules added, {} changed, {} of them made milder.", layer.title,
                                   layer.id, added, changed, milder);
    std::string gone;
    for (const Disabled& disabled : pack.disabled)
      if (disabled.loosened.layer == layer.id) join(gone, disabled.id, ", ");
    if (!gone.empty()) line += fmt::format(" Taken out: {}.", gone);
    for (const Loosened& loosened : pack.loosened)
      if (loosened.layer == layer.id) line += fmt::format(" Made milder: {} (by {}).", loosened.what, loosened.by);
    out.push_back(std::move(line));
  }
  return out;
}

std::string clinic_words(const ClinicDetails& clinic) {
  std::string out(clinic.name);
  join(out, clinic.phone, ", ");
  return out;
}

}  // namespace needleplan
