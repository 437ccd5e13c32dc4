/// What a subcommand has to say, without any format: every readable back-end draws the same Document.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/protocol/pack.h"
#include "needleplan/protocol/verdict.h"

namespace needleplan {

/// What an item asks of its reader.
enum class Mark : std::uint8_t {
  none,
  do_this,
  avoid,
  still,
  allowed,
  may,
  expect,
  watch,
  call,
  urgent,
  ask,
  missed,
  finding,
  step,
  note
};
template <>
inline constexpr std::array<std::string_view, 15> kEnumNames<Mark>{"none", "do",     "avoid",   "still", "allowed",
                                                                   "may",  "expect", "watch",   "call",  "urgent",
                                                                   "ask",  "missed", "finding", "step",  "note"};

/// A named line under an item: `Why`, `Dates`, `Sources`.
struct Detail {
  std::string name;
  std::string text;
};

struct Item {
  std::string id;  ///< of the statement; the same in every format
  Mark mark = Mark::none;
  bool tick = false;   ///< a box to tick stands before it
  bool again = false;  ///< only repeats what was said in full: may be drawn on one line with what ends together
  std::string label;   ///< what stands before it: a number, a time, a verdict; may be empty
  std::string text;    ///< one sentence or more
  std::string reason;  ///< why, and the alternative; may be empty
  std::string origin;  ///< that it is a clinic's own rule, was made milder, has no source; may be empty
  std::string until;   ///< in words, for what ends: `until Fri 4 Dec`; may be empty
  std::vector<Detail> details;
  std::optional<std::string> from, to;  ///< ISO dates or times, for machines; nothing where no clock tells
  const Statement* statement = nullptr;
  const Setting* setting = nullptr;
};

/// A heading with items; a Document is a list of them.
struct Group {
  std::string id;
  std::string title;
  std::string note;                 ///< a sentence under the title; may be empty
  std::optional<std::string> date;  ///< ISO, when the section is a day
  bool part = false;                ///< only the heading of the sections after it
  std::vector<Item> items;
};

/// What stands on top: the verdict and what to do about it.
struct Banner {
  std::string verdict;  ///< its name
  bool good = false;    ///< the client can be booked
  std::string headline;
  std::vector<std::string> lines;
};

struct Document {
  std::string verb;  ///< check, prep ...
  std::string title;
  std::string subtitle;  ///< client, treatment, day
  std::string draft;     ///< "draft for a clinician's approval", until a reviewer is named
  std::optional<Banner> banner;
  std::vector<Group> sections;
  std::vector<std::string> footer;
};

}  // namespace needleplan
