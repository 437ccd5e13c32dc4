/// Where areas lie: the places of the catalog, and what each area covers of them.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "needleplan/catalog/catalog.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

/// Whether a set has the first so many places.
bool covers(const Places& places, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (!places.has(i)) return false;
  return true;
}

}  // namespace

Truth Catalog::share(SubjectId a, SubjectId b, bool (*test)(const Ground& a, const Ground& b)) const {
  if (is_a(a, b)) return Truth::yes;
  const Ground& one = ground(a);
  const Ground& other = ground(b);
  if (!one.places.any() || !other.places.any()) return Truth::unknown;
  return truth(test(one, other));
}

Truth Catalog::overlap(SubjectId a, SubjectId b) const {
  if (is_a(b, a)) return Truth::yes;
  return share(a, b, [](const Ground& one, const Ground& other) { return one.places.meets(other.places); });
}

Truth Catalog::near(SubjectId a, SubjectId b) const {
  if (is_a(b, a)) return Truth::yes;
  return share(a, b, [](const Ground& one, const Ground& other) { return one.around.meets(other.places); });
}

Truth Catalog::within(SubjectId a, SubjectId b) const {
  return share(a, b, [](const Ground& one, const Ground& other) { return one.places.within(other.places); });
}

bool Catalog::is_everywhere(SubjectId area) const {
  return !places_.empty() && covers(ground(area).places, places_.size());
}

std::optional<std::size_t> Catalog::find_place(std::string_view id) const {
  const auto found =
      std::find_if(places_.begin(), places_.end(), [&](const BodyPlace& place) { return place.id == id; });
  return found == places_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - places_.begin()));
}

void Catalog::add_places(yaml::Node table, Diagnostics& diagnostics) {
  const auto number_of = [&](yaml::Node id) -> std::optional<std::size_t> {
    if (const auto known = find_place(id.text())) return known;
    if (places_.size() == Places::kMost) {
      diagnostics.error(id.at(), "too-many-places", fmt::format("there is room for {} places", Places::kMost));
      return std::nullopt;
    }
    places_.push_back({id.text(), {}});
    return places_.size() - 1;
  };
  for (const yaml::Node key : table) {
    const auto place = number_of(key);
    yaml::each_text(key.value_of(), [&](yaml::Node id) {
      const auto other = number_of(id);
      if (!place || !other) return;
      places_[*place].touching.add(*other);
      places_[*other].touching.add(*place);
    });
  }
  grounds_changed_ = true;
}

void Catalog::lay_out(SubjectId id, yaml::Node node, Diagnostics& diagnostics) {
  Subject& subject = subjects_[id];
  const bool is_area = subject.kind == SubjectKind::area;
  for (const std::string_view key : {"places", "areas"})
    if (const yaml::Node list = node.find(key); list.valid() && !is_area)
      diagnostics.error(
          list.at(), "not-an-area",
          fmt::format("\"{}\" is of the kind {}; only an area has {}", subject.id, to_string(subject.kind), key));
  if (!is_area) return;
  grounds_changed_ = true;
  if (subject.ground == 0) {
    subject.ground = static_cast<std::uint16_t>(grounds_.size());
    grounds_.emplace_back();
  }
  const Places before = grounds_[subject.ground].places;
  yaml::each_text(node.find("places"), [&](yaml::Node name) {
    if (const auto place = find_place(name.text())) return grounds_[subject.ground].places.add(*place);
    std::vector<std::string_view> known;
    for (const BodyPlace& place : places_)
      known.push_back(place.id);
    diagnostics.error(
        name.at(), "unknown-place",
        fmt::format("\"{}\" is not a place of the catalog{}", name.text(), did_you_mean(name.text(), known)));
  });
  if (layered_ && before.any() && grounds_[subject.ground].places != before) {
    // More skin: it may reach every rule about an area.
    GainedClasses gained{node, id, {}};
    for (std::size_t i = 0; i < subjects_.size(); ++i)
      if (subjects_[i].kind == SubjectKind::area) gained.classes.push_back(static_cast<SubjectId>(i));
    gained_.push_back(std::move(gained));
  }
  for (const SubjectId part : family_of(id, node, "areas", diagnostics))
    put_below(part, std::span(&id, 1), node, diagnostics);
}

void Catalog::resolve_grounds() {
  if (!std::exchange(grounds_changed_, false)) return;
  // What was all of the body still is when places are added.
  const std::size_t before = std::exchange(placed_, places_.size());
  if (before > 0)
    for (Ground& ground : grounds_)
      for (std::size_t i = before; covers(ground.places, before) && i < places_.size(); ++i)
        ground.places.add(i);
  std::vector<SubjectId> areas;
  for (std::size_t i = 0; i < subjects_.size(); ++i)
    if (subjects_[i].kind == SubjectKind::area) areas.push_back(static_cast<SubjectId>(i));
  for (const SubjectId area : areas)
    for (const SubjectId wider : subjects_[area].up)
      grounds_[subjects_[wider].ground].places |= ground(area).places;
  // An area that only says in what it lies may be anywhere there.
  for (bool found = true; found;) {
    found = false;
    for (const SubjectId area : areas) {
      Places& places = grounds_[subjects_[area].ground].places;
      if (places.any() || subjects_[area].parents.empty()) continue;
      places = ground(subjects_[area].parents.front()).places;
      for (const SubjectId parent : subjects_[area].parents)
        places &= ground(parent).places;
      found = found || places.any();
    }
  }
  for (Ground& ground : grounds_) {
    ground.around = ground.places;
    for (std::size_t i = 0; i < places_.size(); ++i)
      if (ground.places.has(i)) ground.around |= places_[i].touching;
  }
}

}  // namespace needleplan
