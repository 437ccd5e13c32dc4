/// The names that templates may use: one vocabulary for every verb and format.
#pragma once

#include <array>

#include "needleplan/render/style.h"
#include "needleplan/render/vocabulary.h"

namespace needleplan {

inline constexpr std::array kDetailNames{
    Word{"name", WordKind::value, "Why, Dates, Sources ..."},
    Word{"text", WordKind::value, "what stands under that name"},
};
inline constexpr Vocabulary kDetailVocabulary{kDetailNames};

inline constexpr std::array kItemNames{
    Word{"id", WordKind::value, "of the statement; the same in every format"},
    Word{"tick", WordKind::flag, "a box to tick stands before it"},
    Word{"mark", WordKind::value,
         "do, avoid, still, allowed, may, expect, watch, call, urgent, ask, missed, finding, step, note"},
    Word{"word", WordKind::value, "the mark in words: DO, NO, STILL NO ...; empty for findings, steps and notes"},
    Word{"column", WordKind::value, "the same, filled with spaces to eight columns"},
    Word{"label", WordKind::value, "what stands before the text: a number and verdict, a time"},
    Word{"text", WordKind::value, "one sentence or more"},
    Word{"reason", WordKind::value, "why, and the alternative"},
    Word{"origin", WordKind::value, "that it is a clinic's own rule, was made milder, or has no source"},
    Word{"until", WordKind::value, "until when, from when, in words"},
    Word{"details", WordKind::list, "named lines under the item", &kDetailVocabulary},
};
inline constexpr Vocabulary kItemVocabulary{kItemNames};

inline constexpr std::array kSectionNames{
    Word{"id", WordKind::value, "of the section"},
    Word{"title", WordKind::value, "its heading; may be empty"},
    Word{"note", WordKind::value, "a sentence under the heading"},
    Word{"date", WordKind::value, "the day it is about, 2026-11-27"},
    Word{"part", WordKind::flag, "it is only the heading of the sections after it"},
    Word{"items", WordKind::list, "what it says", &kItemVocabulary},
};
inline constexpr Vocabulary kSectionVocabulary{kSectionNames};

inline constexpr std::array kBannerNames{
    Word{"verdict", WordKind::value, "clear, prepare, caution, ask, consult, defer or avoid"},
    Word{"headline", WordKind::value, "what it means, in a few words"},
    Word{"good", WordKind::flag, "the session can be booked"},
    Word{"lines", WordKind::list, "what the desk does, and the days"},
};
inline constexpr Vocabulary kBannerVocabulary{kBannerNames};

inline constexpr std::array kDocumentNames{
    Word{"verb", WordKind::value, "the subcommand"},
    Word{"title", WordKind::value, "of the document"},
    Word{"subtitle", WordKind::value, "client, treatment and day"},
    Word{"draft", WordKind::value, "that nobody has reviewed the protocol; empty once somebody has"},
    Word{"banner", WordKind::map, "the verdict, where there is one to show", &kBannerVocabulary},
    Word{"sections", WordKind::list, "the document", &kSectionVocabulary},
    Word{"footer", WordKind::list, "as-of date, protocol, version, review"},
    kStyleWord,
};
inline constexpr Vocabulary kDocumentVocabulary{kDocumentNames};

}  // namespace needleplan
