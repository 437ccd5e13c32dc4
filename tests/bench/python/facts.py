"""A profile's names, dates and answers, made ready for the rules. Part of the peer in Python."""
import datetime as dt
import os
import re
import sys
from collections import namedtuple
from functools import lru_cache

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from pack import EVENTS, HIDING, NAMED_EVENTS, SECTIONS, USES, belongs, fold  # noqa: E402

NO, UNKNOWN, YES = 0, 1, 2
KNOWN, NOT_ASKED, NOT_KNOWN, TOO_OLD = 0, 1, 2, 3
UNITS = {"%", "mg", "g", "gr", "mcg", "ug", "\u03bcg", "ml", "iu", "ui", "ie", "mm", "cl", "units", "unit", "einheiten"}
RATES = {"day", "daily", "d", "dia", "tag", "jour", "week", "ml", "g"}
NUMBER = re.compile(r"\d(?:[\d.]*\d)?$")
AMOUNT = re.compile(r"(\d(?:[\d.]*\d)?)(\D.*)$")


# --- dates and lengths: days are ordinals, times are minutes of the day --------------------------------------------

def month(year, number, length=1):
    first = dt.date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)
    number += length
    return first.toordinal(), dt.date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1).toordinal() - 1


@lru_cache(maxsize=100000)
def parse_when(text):
    rough = text.startswith("about ")
    text = text[6:] if rough else text
    time = None
    if len(text) == 16:
        time = int(text[11:13]) * 60 + int(text[14:16])
        text = text[:10]
    if len(text) == 10:
        day = dt.date.fromisoformat(text).toordinal()
        return (day - 7, day + 7, None) if rough else (day, day, time)
    year = int(text[:4])
    if len(text) == 7:
        return (*(month(year, int(text[5:]) - 1, 3) if rough else month(year, int(text[5:]))), None)
    return (*(month(year - 1, 1, 36) if rough else month(year, 1, 12)), None)


def when(value):
    """(first day, last day, time or None) of a date as the YAML or JSON reader hands it over."""
    if isinstance(value, dt.date):
        day = value.toordinal()
        return (day, day, None)
    return parse_when(str(value))


def day_of(value):
    return value.toordinal() if isinstance(value, dt.date) else dt.date.fromisoformat(value).toordinal()


def time_of(value):
    # YAML 1.1 takes 14:30 for a number in base sixty; 08:15 stays text.
    return value if isinstance(value, int) else int(value[:2]) * 60 + int(value[3:])


def on_clock(span):
    return span[1] in ("h", "min")


def minutes(span):
    return span[0] * 60 if span[1] == "h" else span[0]


@lru_cache(maxsize=100000)
def shifted(day, count, unit):
    if unit == "d":
        return day + count
    if unit == "w":
        return day + 7 * count
    if on_clock((count, unit)):
        whole = 1440 if unit == "min" else 24
        return day + (-(-count // whole) if count >= 0 else count // whole)
    date = dt.date.fromordinal(day)
    months = date.year * 12 + date.month - 1 + count * (12 if unit == "y" else 1)
    first, last = month(months // 12, months % 12 + 1)
    return min(first + date.day - 1, last)


def after(day, span):
    return shifted(day, span[0], span[1])


KEPT, BETWEEN, BROKEN = 0, 1, 2


def distance(keeps, window):
    return BROKEN if not keeps(window[0]) else KEPT if keeps(window[1]) else BETWEEN


def distance_before(w, window, day, time):
    """How a session keeps a window after something: the best and the worst over the days it can have been."""
    def at(d):
        def keeps(span):
            if not on_clock(span):
                return day >= after(d, span)
            latest = d * 1440 + w[2] if w[2] is not None else (d + 1) * 1440
            return day * 1440 + (time or 0) >= latest + minutes(span)
        return distance(keeps, window)
    last = at(w[1])
    return (last if w[0] == w[1] else at(w[0])), last


def distance_after(w, window, day, time):
    def at(d):
        def keeps(span):
            if not on_clock(span):
                return d >= after(day, span)
            latest = day * 1440 + time if time is not None else (day + 1) * 1440
            return d * 1440 + (w[2] or 0) >= latest + minutes(span)
        return distance(keeps, window)
    first = at(w[0])
    return (first if w[0] == w[1] else at(w[1])), first


# --- names ---------------------------------------------------------------------------------------------------------

Match = namedtuple("Match", "subjects route route_differs")


class Names:
    """The catalog of a pack."""

    def __init__(self, pack):
        self.names, self.kinds, self.ambiguous = pack["names"], pack["kinds"], pack["ambiguous"]
        self.forms, self.routes, self.noise = pack["forms"], pack["routes"], set(pack["noise"])
        self.up = {s: frozenset(up) for s, up in pack["up"].items()}
        self.prescription_only = set(pack["prescription_only"])
        self.prescribed_at_all = set(pack["prescribed_at_all"])
        sets = lambda table: {area: frozenset(others) for area, others in table.items()}
        self.overlap, self.near, self.within = sets(pack["overlap"]), sets(pack["near"]), sets(pack["within"])
        self.nowhere = set(pack["nowhere"])
        self.match = lru_cache(maxsize=200000)(self._match)

    def _without_amounts(self, folded, strength):
        if not any(c in "0123456789" for c in folded):
            return folded, strength
        words, kept, i = folded.split(" "), [], 0
        while i < len(words):
            word = words[i]
            amount = AMOUNT.match(word)
            if amount and amount[2] in UNITS:
                strength = strength or f"{amount[1]} {amount[2]}"
            elif NUMBER.match(word) and i + 1 < len(words) and words[i + 1] in UNITS:
                i += 1
                strength = strength or f"{word} {words[i]}"
            elif NUMBER.match(word) and i + 2 < len(words) and words[i + 1] == "x" and NUMBER.match(words[i + 2]):
                i += 2
                continue
            elif NUMBER.match(word) and i + 1 == len(words) and kept:
                strength = strength or f"{word} "
            else:
                kept.append(word)
                i += 1
                continue
            while i + 1 < len(words) and words[i + 1] in RATES:
                i += 1
            i += 1
        return " ".join(kept), strength

    def _match(self, written, form="", strength="", route=""):
        """A name: no subjects if it is unknown, several if it is ambiguous."""
        said_route = ""
        if form:
            folded = fold(form)
            said_route = folded if self.routes.get(folded) == folded else ""
            form = "" if said_route else self.forms.get(folded, folded)
        strength = fold(strength)
        folded = fold(written)
        name = self.names.get(folded)
        if name is None or isinstance(name, int):
            bare, strength = self._without_amounts(folded, strength)
            if name is None:
                name = self.names.get(bare)
            if name is None:
                words = bare.split(" ")
                while name is None and len(words) > 1:
                    for at in (-1, 0):
                        found = self.forms.get(words[at])
                        if found is not None or words[at] in self.noise:
                            form = form or found or ""
                            del words[at]
                            break
                    else:
                        break
                    name = self.names.get(" ".join(words))
        differs = False
        for other in (self.routes.get(route, ""), self.routes.get(form, "")):
            differs = differs or bool(other and said_route and other != said_route)
            said_route = said_route or other
        return Match(self._subjects(name, form, strength, said_route, differs), said_route, differs)

    def _subjects(self, name, form, strength, route, differs):
        if name is None:
            return ()
        if isinstance(name, str):
            return () if form == "injection" and name not in self.prescribed_at_all else (name,)
        doubt = self.ambiguous[name]
        if differs:
            return tuple(doubt["choices"])
        subjects = (doubt["by_form"][form],) if form in doubt["by_form"] else ()
        for amount, subject in doubt["by_strength"].items():
            if amount == strength or (strength and amount.startswith(strength + " ")):
                subjects = (subject,)
        if not subjects and route in doubt["by_route"]:
            subjects = (doubt["by_route"][route],)
        return subjects or tuple(doubt["choices"])

    def share(self, a, b, table):
        """Whether two areas have places in common, touch, or lie within each other, as the table says."""
        return YES if b in table[a] else UNKNOWN if a in self.nowhere or b in self.nowhere else NO

    def certain(self, name, fits):
        """The one subject of a fitting kind that a name means for sure, or None."""
        subjects = self.match(name).subjects
        sure = len(subjects) == 1 and not doubted(name) and fits(self.kinds[subjects[0]])
        return subjects[0] if sure else None


def doubted(name):
    return "?" in name or "\u00bf" in name or "\uff1f" in name


def given(value):
    return value is not None and value != "none" and value != "unknown"


def is_open(value):
    return value is None or value == "unknown"


def yes_no(value):
    """True, False, or None where it was not asked or is not known."""
    if isinstance(value, bool):
        return value
    return {"yes": True, "no": False, "true": True, "false": False, "none": False}.get(value)


def texts(value):
    return [] if not given(value) else value if isinstance(value, list) else [value]


# --- entries and sections ------------------------------------------------------------------------------------------

# What each date of an entry says: that something began, is over, or happened.
DATES = {"since": "begins", "started": "begins", "last_used": "ends", "resolved": "ends", "date": "happened"}


class Entry:
    """An entry as it counts on the as-of day."""
    __slots__ = ("section", "subjects", "route", "doubtful", "areas", "unknown_areas", "area_given", "in_area", "near_area",
                 "status", "ongoing", "prescribed", "since", "started", "last_used", "resolved", "date", "contradictions",
                 "at_session")

    def __init__(self, section, raw, names, as_of, treatment):
        self.section = section
        raw = {"name": raw} if not isinstance(raw, dict) else raw
        name = str(raw.get("name", ""))
        text = lambda key: str(raw[key]) if given(raw.get(key)) else ""
        # An earlier session has no name; it was this treatment.
        match = Match((treatment,), "", False) if section == "sessions" else names.match(
            name, text("form"), text("strength"), text("route"))
        self.subjects, self.route = match.subjects, match.route
        self.doubtful, self.at_session = doubted(name), False
        self.areas, self.unknown_areas, self.area_given = [], [], given(raw.get("area"))
        for area in texts(raw.get("area")):
            subject = names.certain(area, lambda kind: kind == "area")
            (self.areas if subject else self.unknown_areas).append(subject or area)
        self.status = raw.get("status") if given(raw.get("status")) else None
        self.ongoing, self.prescribed = yes_no(raw.get("ongoing")), yes_no(raw.get("prescribed"))
        for key in DATES:
            setattr(self, key, when(raw[key]) if given(raw.get(key)) else None)
        self.contradictions = self._as_of(raw, as_of) + match.route_differs

    def _as_of(self, raw, as_of):
        """What is said of days after the check is cut there; how often the entry contradicts that day or itself."""
        count, current = 0, False
        for key, role in DATES.items():
            date = getattr(self, key)
            if date is None or date[1] <= as_of or self.section == "plans":
                continue
            if date[0] <= as_of:
                setattr(self, key, (date[0], as_of, None))
                continue
            count += 1
            current = current or role == "ends"
            if role == "begins":
                setattr(self, key, None)
            elif role == "happened":
                setattr(self, key, (as_of, date[1], None))
        for doubt, last in (("ongoing", self.last_used or self.date), ("status", self.resolved)):
            if raw.get(doubt) == "unknown" and last is not None:
                count += 1
                current = True
        if current:
            self.last_used = self.resolved = None
            if self.section == "conditions":
                self.status = "active" if self.status in (None, "past") else self.status
            else:
                self.ongoing = True
        return count

    @classmethod
    def added(cls, subject, names, as_of):
        """Something that is done at the session itself: planned, on its day and on its areas."""
        out = cls("plans", {}, names, as_of, None)
        out.subjects, out.at_session, out.in_area, out.near_area = (subject,), True, YES, YES
        return out

    def is_in(self, scope):
        return YES if scope == "anywhere" else self.near_area if scope == "near" else self.in_area

    def is_a(self, wanted, names):
        """Whether it is one of the subjects or below one; unknown where its name leaves that open."""
        hits, wider = 0, False
        for s in self.subjects:
            if not names.up[s].isdisjoint(wanted):
                hits += 1
            elif names.kinds[s] in HIDING and any(s in names.up[w] for w in wanted):
                wider = True
        if hits == 0:
            return UNKNOWN if wider else NO
        return YES if hits == len(self.subjects) and not self.doubtful else UNKNOWN


class SessionNames:
    __slots__ = ("open", "none", "subjects", "unknown")

    def __init__(self, value, fits, names):
        self.open, self.none = is_open(value), value == "none"
        self.subjects, self.unknown = [], []
        for name in texts(value):
            subject = names.certain(str(name), fits)
            (self.subjects if subject else self.unknown).append(subject or name)


class Facts:
    """A profile with its names looked up. Profiles here have no `partial` and no `denied`."""

    def __init__(self, profile, names, pack, as_of):
        self.profile, self.names, self.as_of = profile, names, as_of
        session = profile.get("session") or {}
        self.session = session
        self.day = day_of(session["date"]) if given(session.get("date")) else None
        self.time = time_of(session["time"]) if given(session.get("time")) else None
        look = lambda key, fits: SessionNames(session.get(key), fits, names)
        self.areas = look("areas", lambda kind: kind == "area")
        self.indication, self.device, self.numbing, self.add_on = (
            look(key, lambda kind, key=key: belongs(kind, key)) for key in ("indication", "device", "numbing", "add_ons"))
        self.protocol = look("protocol", lambda kind: kind in ("protocol", "procedure"))
        asked = profile.get("asked")
        if not isinstance(asked, dict):
            asked = dict.fromkeys(SECTIONS + ["life_stage", "answers"], asked) if asked else {}
        self.asked = asked
        valid = pack["valid"]
        old = lambda key, span: given(self.asked.get(key)) and after(day_of(self.asked[key]), span) < as_of
        self.life_stage_old, self.answers_old = old("life_stage", valid["life_stage"]), old("answers", valid["answers"])
        self.standing, self.entries = {}, []
        for section in SECTIONS:
            value = profile.get(section)
            self.standing[section] = (NOT_ASKED if value is None else NOT_KNOWN if value == "unknown" else
                                      TOO_OLD if old(section, valid["answers"]) else KNOWN)
            for raw in value if isinstance(value, list) else ():
                entry = Entry(section, raw, names, as_of, pack["id"])
                self._place(entry)
                self.entries.append(entry)
        self.entries += [Entry.added(subject, names, as_of) for subject in self.add_on.subjects]

    def _place(self, entry):
        # What is swallowed reaches every part of the body.
        if entry.route == "oral":
            entry.in_area = entry.near_area = YES
            return
        known = not (self.areas.open or self.areas.none or self.areas.unknown or entry.unknown_areas) and entry.area_given
        entry.in_area = entry.near_area = NO if known else UNKNOWN
        for a in entry.areas:
            for b in self.areas.subjects:
                entry.in_area = max(entry.in_area, self.names.share(a, b, self.names.overlap))
                entry.near_area = max(entry.near_area, self.names.share(a, b, self.names.near))
