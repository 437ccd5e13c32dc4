#include <algorithm>

#include <fmt/format.h>

#include "needleplan/plan/allergies.h"
#include "needleplan/plan/common.h"

namespace needleplan {

namespace {

/// The wall clock while the procedure runs: it can be this early or this late.
struct Clock {
  TimeOfDay earliest{};
  TimeOfDay latest{};
};

std::string clock_words(const Clock& now) {
  const auto within_day = [](TimeOfDay t) { return clock(t % std::chrono::days{1}); };
  return now.earliest == now.latest ? within_day(now.earliest)
                                    : within_day(now.earliest) + " to " + within_day(now.latest);
}

/// `0.25 mm to 0.75 mm`, `at least 60 minutes`, `at most 1.5 mm`.
template <class T, class Words>
std::string written_range(const Range<T>& range, Words words_of) {
  if (!range.most) return "at least " + words_of(*range.least);
  if (!range.least) return "at most " + words_of(*range.most);
  if (*range.least == *range.most) return words_of(*range.least);
  return words_of(*range.least) + " to " + words_of(*range.most);
}

class Procedure {
 public:
  Procedure(const PlanInput& input, std::optional<TimeOfDay> start) : input_(input) {
    if (!start) return;
    start_ = *start;
    now_ = Clock{*start, *start};
  }

  Document run() {
    Document out = start_document(input_, "procedure", "Procedure");
    if (input_.facts != nullptr) out.sections.push_back(allergies_group(input_));
    std::vector<const Statement*> steps;
    for (const Statement& statement : input_.pack->statements)
      if (statement.as<Step>() != nullptr) steps.push_back(&statement);
    std::stable_sort(steps.begin(), steps.end(), [](const Statement* a, const Statement* b) {
      return a->as<Step>()->order < b->as<Step>()->order;
    });
    for (const Statement* statement : steps)
      out.sections.push_back(step_section(*statement, *statement->as<Step>()));
    if (Group beside = during(); !beside.items.empty()) out.sections.push_back(std::move(beside));
    if (input_.facts != nullptr)
      if (Group said = consents(); !said.items.empty()) out.sections.push_back(std::move(said));
    out.sections.push_back(signatures());
    return out;
  }

 private:
  enum class Fit { no, maybe, yes };

  /// Whether a row of settings is for this session; without a client every row may be.
  [[nodiscard]] Fit fits(const Subjects& wanted, const SessionNames* names) const {
    if (wanted.empty()) return Fit::yes;
    if (names == nullptr || names->answer != AnswerState::given) return Fit::maybe;
    const Catalog& catalog = input_.pack->catalog;
    Truth any = names->unknown_names.empty() ? Truth::no : Truth::unknown;
    for (const SubjectId a : wanted)
      for (const SubjectId b : names->subjects)
        any = any || (catalog[a].kind == SubjectKind::area ? catalog.overlap(a, b)
                                                           : truth(catalog.is_a(a, b) || catalog.is_a(b, a)));
    return any == Truth::yes ? Fit::yes : any == Truth::no ? Fit::no : Fit::maybe;
  }

  [[nodiscard]] Fit fits(const Setting& setting) const {
    const Facts* facts = input_.facts;
    return std::min({fits(setting.areas, facts ? &facts->areas : nullptr),
                     fits(setting.indications, facts ? &facts->indications : nullptr),
                     fits(setting.products, facts ? &facts->numbing : nullptr)});
  }

  [[nodiscard]] std::string setting_words(const Setting& setting) const {
    std::string who;
    for (const Subjects* subjects : {&setting.areas, &setting.indications, &setting.products})
      for (const SubjectId s : *subjects)
        who += (who.empty() ? "" : ", ") + std::string(input_.pack->catalog[s].label);
    std::string out = who.empty() ? std::string{} : who + ": ";
    if (setting.depth) out += fmt::format("depth {}. ", written_range(*setting.depth, depth_words));
    if (setting.time)
      out += fmt::format("contact time {}. ", written_range(*setting.time, [](Span s) { return words(s); }));
    return out + std::string(setting.text);
  }

  /// A row that is a line of the step itself: what is taken for it.
  static bool is_material(const Setting& setting) { return !setting.uses.empty() && setting.products.empty(); }

  /// The products of a row, before what is in them.
  [[nodiscard]] std::string products_words(const Setting& setting) const {
    std::string out;
    for (const SubjectId product : setting.products)
      out += fmt::format("{}{}", out.empty() ? "" : ", ", input_.pack->catalog[product].label);
    return out.empty() ? out : out + ": ";
  }

  /// How long a step takes: its length, or the contact time of the product that is used.
  [[nodiscard]] std::optional<std::pair<int, int>> length_of_step(const Step& step) const {
    if (step.length)
      return std::pair(static_cast<int>(rough_minutes(step.length->minimum)),
                       static_cast<int>(rough_minutes(step.length->preferred)));
    if (input_.facts == nullptr) return std::nullopt;
    if (const Answer<Span>& planned = input_.facts->profile->session.numbing_time; planned.given())
      for (const Setting& setting : step.settings)
        if (setting.time) {
          const int minutes = static_cast<int>(rough_minutes(*planned.given()));
          return std::pair(minutes, minutes);
        }
    return std::nullopt;
  }

  Group step_section(const Statement& statement, const Step& step) {
    Group section;
    section.id = std::string(statement.id);
    const bool whole = step.order >= 99;  // a remark on the whole session, not a step of it
    section.title = whole ? std::string(step.title) : fmt::format("{}. {}", step.order, step.title);
    if (step.optional) section.title += " (optional)";
    const bool skipped =
        holds(statement, input_) == Truth::no || (input_.facts != nullptr && is_left_out(step, *input_.facts));
    const auto add = [&](Mark mark, std::string label, std::string text, const Setting* setting) {
      Item item;
      item.tick = mark == Mark::step;
      item.id = setting != nullptr ? std::string(setting->id) : std::string(statement.id);
      item.mark = mark;
      item.label = std::move(label);
      item.text = std::move(text);
      item.statement = &statement;
      item.setting = setting;
      section.items.push_back(std::move(item));
    };
    if (skipped) {
      section.note = "Not needed for this session.";
      return section;
    }
    set_times(section, step, whole);
    if (const std::string words = condition_words(statement, input_); !words.empty())
      section.note = words.substr(0, words.size() - 2) + "." + (section.note.empty() ? "" : " ") + section.note;
    if (const auto met = allergies_met_by(statement, input_); !met.empty())
      add(Mark::avoid, {}, left_out_words(met, statement.instead, *input_.pack), nullptr);
    const auto add_row = [&](const Setting& setting, bool material) {
      if (is_material(setting) != material || fits(setting) == Fit::no) return;
      const std::vector<MetMaterial> met =
          input_.facts != nullptr ? allergies_to(setting.uses, *input_.facts) : std::vector<MetMaterial>{};
      if (!met.empty()) {
        add(Mark::avoid, {}, products_words(setting) + left_out_words(met, setting.instead, *input_.pack), &setting);
      } else if (material) {
        add(Mark::step, {}, setting_words(setting), &setting);
      } else {
        add(Mark::note, "setting:", setting_words(setting), &setting);
      }
      section.items.back().details.push_back({"Sources", sources_words(setting.citations, *input_.pack)});
    };
    for (const Setting& setting : step.settings)
      add_row(setting, true);
    for (const std::string_view line : step.instructions)
      add(Mark::step, {}, std::string(line), nullptr);
    for (const Setting& setting : step.settings)
      add_row(setting, false);
    if (!step.materials.empty())
      add(Mark::note, "needed:", fmt::format("{}", fmt::join(step.materials, ", ")), nullptr);
    for (const std::string_view line : step.checks)
      add(Mark::step, "check:", std::string(line), nullptr);
    if (!statement.note.empty()) add(Mark::note, "note:", std::string(statement.note), nullptr);
    section.note += (section.note.empty() ? "" : " ") +
                    fmt::format("Sources: {}.", sources_words(statement.citations, *input_.pack));
    return section;
  }

  /// What holds while the session lasts and is no step of it.
  [[nodiscard]] Group during() const {
    Group group = named_group("during", "During the session");
    for (const Statement& statement : input_.pack->statements) {
      const auto* action = statement.as<Do>();
      const auto* avoid = statement.as<Avoid>();
      const auto* expect = statement.as<Expect>();
      const bool mine = (action != nullptr && speaks_in(*action, Phase::procedure)) ||
                        (avoid != nullptr && avoid->in_session) || (expect != nullptr && expect->in_session);
      if (!mine || holds(statement, input_) == Truth::no) continue;
      const Mark mark = action != nullptr ? mark_of(action->mode) : avoid != nullptr ? Mark::avoid : Mark::expect;
      Item item = item_of(statement, input_, mark);
      if (action != nullptr) item.until = window_words(action->from, action->to);
      if (expect != nullptr) item.until = window_words(expect->from, expect->to);
      group.items.push_back(std::move(item));
    }
    return group;
  }

  /// `from Thu 10 Dec, 14:00, until Thu 10 Dec, 14:30`, without the ends that are the session itself.
  [[nodiscard]] std::string window_words(const Bound& from, const Bound& to) const {
    const auto at_session = [](const Bound& bound) {
      return bound.kind == Bound::Kind::open || (bound.kind == Bound::Kind::clock && bound.span.preferred.count == 0);
    };
    std::string out;
    if (!at_session(from)) {
      const PlannedEnd end = planned_end(from, *input_.pack, input_.session);
      out = end.begins;
      if (!end.minimum.empty()) out += ", at the latest " + end.minimum;
    }
    if (!at_session(to))
      out += (out.empty() ? "until " : ", until ") + planned_end(to, *input_.pack, input_.session).words;
    return out;
  }

  void set_times(Group& section, const Step& step, bool whole) {
    const auto length = length_of_step(step);
    if (whole) {
      if (length) section.note = fmt::format("Takes {}.", words(*step.length));
      if (length && now_) {
        const Clock end{start_ + std::chrono::minutes{length->first}, start_ + std::chrono::minutes{length->second}};
        section.note += fmt::format(" Ends {} without numbing time.", clock_words(end));
      }
      return;
    }
    // Steps without a known length would all show the same time; it is said once.
    if (now_ && clock_words(*now_) != shown_) {
      shown_ = clock_words(*now_);
      section.note = fmt::format("Starts {}.", shown_);
    }
    const auto from_products = length ? std::nullopt : product_time(step);
    const auto taken = length ? length : from_products;
    if (!taken) return;
    if (now_) {
      now_->earliest += std::chrono::minutes{taken->first};
      now_->latest += std::chrono::minutes{taken->second};
      // A step with products is one of waiting: what matters is when they come off.
      section.note += step.settings.empty() ? fmt::format(" Ends {}.", clock_words(*now_))
                                            : fmt::format(" Remove the product: {}.", clock_words(*now_));
    } else {
      section.note = taken->first == taken->second
                         ? fmt::format("Takes {} minutes.", taken->first)
                         : fmt::format("Takes {} to {} minutes.", taken->first, taken->second);
    }
  }

  /// The contact time of the product planned, or of the general row (no product, or the widest class).
  [[nodiscard]] std::optional<std::pair<int, int>> product_time(const Step& step) const {
    for (const Setting& setting : step.settings) {
      if (!setting.time || !setting.time->least || !setting.time->most) continue;
      if (fits(setting) == Fit::no) continue;
      return std::pair(static_cast<int>(rough_minutes(*setting.time->least)),
                       static_cast<int>(rough_minutes(*setting.time->most)));
    }
    return std::nullopt;
  }

  /// What the client agreed to, and whom to call; nothing where the profile says neither.
  [[nodiscard]] Group consents() const {
    Group section = named_group("consents", "Consent and contact");
    const auto line = [&](std::string_view id, std::string text) {
      Item item;
      item.id = std::string(id);
      item.mark = Mark::note;
      item.text = std::move(text);
      section.items.push_back(std::move(item));
    };
    const Profile& profile = *input_.facts->profile;
    const Consents& said = profile.consents;
    if (said.treatment.given()) line("consents.treatment", "Treatment: agreed on " + iso(*said.treatment.given()));
    if (said.treatment.is_none()) line("consents.treatment", "Treatment: NOT agreed to");
    if (said.photos.given())
      line("consents.photos", *said.photos.given() ? "Photos: agreed to" : "Photos: NOT agreed to");
    if (said.form.given()) line("consents.form", "Form: " + std::string(*said.form.given()));
    if (profile.contact.given()) line("contact", "In an emergency call " + std::string(*profile.contact.given()));
    return section;
  }

  static Group signatures() {
    Group section = named_group("signatures", "Signatures");
    for (const std::string_view line :
         {"Device and serial number: ____________________", "Cartridge lot and expiry: ____________________",
          "Depth by area, passes: ____________________", "Anything not done, and why: ____________________",
          "Practitioner, initials, time: ____________________", "Client, signature: ____________________"}) {
      Item item;
      item.id = "signatures";
      item.mark = Mark::step;
      item.tick = true;
      item.text = std::string(line);
      section.items.push_back(std::move(item));
    }
    return section;
  }

  const PlanInput& input_;
  std::optional<Clock> now_;
  TimeOfDay start_{};
  std::string shown_;
};

}  // namespace

Document build_procedure(const PlanInput& input, std::optional<TimeOfDay> start) {
  return Procedure(input, start).run();
}

Document build_plan(const PlanInput& input, std::optional<TimeOfDay> start, int days) {
  Document out = start_document(input, "plan", "Plan");
  out.banner = banner_of(input);
  if (input.facts != nullptr) out.sections.push_back(allergies_group(input));
  const auto append = [&](Document part) {
    Group head;
    head.id = part.verb;
    head.title = part.title;
    head.part = true;
    out.sections.push_back(std::move(head));
    for (Group& section : part.sections) {
      section.id = part.verb + "." + section.id;
      out.sections.push_back(std::move(section));
    }
  };
  append(build_check(input));
  append(build_prep(input));
  append(build_procedure(input, start));
  append(build_aftercare(input, days));
  return out;
}

}  // namespace needleplan
