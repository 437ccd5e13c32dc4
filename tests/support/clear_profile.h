/// A profile in which everything was asked and nothing speaks against the session, with one change.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/profile/profile.h"

namespace needleplan::testing {

/// `key` is one of the profile or `session.` with one of the session; an empty value takes it out. Whatever is not in
/// there is added at the end.
inline std::string clear_profile_with(const std::string& key, const std::string& value, const std::string& more = {}) {
  std::string out = "client: {id: T-1, birth_date: 1984-05-02, fitzpatrick: II}\n";
  const auto line = [&](const std::string& name, std::string written) {
    if (name == key) written = value;
    if (!written.empty())
      out += name.substr(name.find('.') == std::string::npos ? 0 : name.find('.') + 1) + ": " + written + "\n";
  };
  line("asked", "2026-11-23");
  line("life_stage", "none");
  for (const std::string_view section : kEnumNames<Section>)
    line(std::string(section), "none");
  line("preferences", "none");
  out += more;
  out += "session:\n";
  for (const auto& [name, written] : {std::pair<std::string, std::string>{"protocol", "microneedling"},
                                      {"date", "2026-12-07"},
                                      {"time", "14:30"},
                                      {"areas", "cheeks"},
                                      {"indication", "rejuvenation"},
                                      {"depth", "0.5 mm"},
                                      {"device", "SkinPen"},
                                      {"numbing", "none"},
                                      {"add_ons", "none"}}) {
    out += "  ";
    const std::size_t before = out.size();
    line("session." + name, written);
    if (out.size() == before) out.resize(before - 2);
  }
  return out;
}

}  // namespace needleplan::testing
