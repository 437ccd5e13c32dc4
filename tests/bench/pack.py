#!/usr/bin/python3
"""Reads protocols/ for the generator and the peers: plain Python values, every scalar as text.

pack.py > pack.json                what the peers read, see pack_json()
pack.py --many-rules > many.yaml   a layer with 59 times the rules of the pack, about things that no client has
"""
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict

import yaml

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # text stays text: `no` is no boolean here

# Kinds of which a wide name may hide a narrower one: "a peel" may be the deep one.
HIDING = ("condition", "allergen", "procedure", "exposure")
USED = ("class", "ingredient", "product")


def as_list(value):
    return [] if value is None else value if isinstance(value, list) else [value]


# --- names -------------------------------------------------------------------------------------------------------

def fold(name):
    """Case, marks and punctuation folded away, as the catalog looks names up."""
    if not name.isascii():
        for sign in "\u00ae\u00a9\u2122\u2019\u2018":
            name = name.replace(sign, "")
        name = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        name = "".join(c for c in name if unicodedata.category(c) not in ("Mn", "Mc", "Me", "Cf"))
    out, gap = [], False
    for i, c in enumerate(name):
        c = c.lower() if c.isascii() else c
        if c.isdigit() and c.isascii() or "a" <= c <= "z" or ord(c) >= 0x80:
            if gap and out:
                out.append(" ")
            gap = False
            out.append(c)
        elif c == "'":
            continue
        elif c == "%":
            if out:
                out.append(" ")
            out.append(c)
            gap = True
        elif c in ".," and 0 < i < len(name) - 1 and name[i - 1] in "0123456789" and name[i + 1] in "0123456789":
            out.append(".")
        else:
            gap = True
    return "".join(out)


# --- lengths and windows -----------------------------------------------------------------------------------------

ROUGH = {"min": 1, "h": 60, "d": 1440, "w": 10080, "mo": 43834, "y": 525960}


def span(text):
    """`3d` as [3, "d"]; None for anything else."""
    found = re.fullmatch(r"(\d{1,4})(min|h|d|w|mo|y)", text.strip())
    return [int(found[1]), found[2]] if found else None


def span_range(text):
    """`3d..7d` as [[3, "d"], [7, "d"]]; a single length is both."""
    least, _, most = text.partition("..")
    first = span(least)
    last = span(most) if most else first
    return [first, last] if first and last else None


def rough(length):
    return length[0] * ROUGH[length[1]]


def bound(value, events):
    """An end of a window: {kind: clock|event|later_of|open|vague, span, event}; before the session when it says so."""
    if isinstance(value, dict):
        kind = next(iter(value))
        parts = [bound(v, events) for v in value[kind]]
        clock = next(p for p in parts if p["kind"] == "clock")
        event = next(p for p in parts if p["kind"] == "event")
        return {"kind": kind, "span": clock["span"], "event": event["event"], "before": clock["before"]}
    text = value.strip()
    before = text.startswith("-")
    text = text[1:] if before else text
    if text == "open":
        return {"kind": "open", "before": False}
    if text.startswith("few "):
        return {"kind": "vague", "span": [[0, text[4:]], [0, text[4:]]], "before": False}
    if text.startswith("until "):
        text = text[6:]
    both = span_range(text)
    if both:
        return {"kind": "clock", "span": both, "before": before}
    if text in events:
        return {"kind": "event", "event": text, "before": before}
    raise ValueError(f"pack.py does not know the bound {value!r}")


def length_of(end, events):
    """The length that a check takes for an end: the later of figure and event, where both stand."""
    if end["kind"] == "clock":
        return end["span"]
    if end["kind"] in ("event", "later_of"):
        usual = events[end["event"]]["usual"]
        if end["kind"] == "event":
            return usual
        longer = lambda a, b: a if rough(a) >= rough(b) else b
        return [longer(end["span"][i], usual[i]) for i in (0, 1)] if usual else end["span"]
    return end["span"] if end["kind"] == "earlier_of" else None


# --- the pack ----------------------------------------------------------------------------------------------------

class Pack:
    """The catalog and the statements of one protocol."""

    def __init__(self, protocol="microneedling", root=ROOT):
        load = lambda path: yaml.load(open(path, encoding="utf-8"), Loader=LOADER) or {}
        catalog = os.path.join(root, "protocols", "catalog")
        self.subjects, self.names, self.ambiguous, self.forms, self.routes, self.noise = {}, {}, [], {}, {}, set()
        self.written = defaultdict(list)  # subject -> (language, name as written)
        files = [load(os.path.join(catalog, f)) for f in sorted(os.listdir(catalog)) if f.endswith(".yaml")]
        for data in files:
            for s in data.get("subjects", []):
                self._add_subject(s)
            for form, words in data.get("forms", {}).items():
                self.forms.update({fold(w): form for w in as_list(words)})
            for route, forms in data.get("routes", {}).items():
                self.routes.update({word: route for word in [route, *as_list(forms)]})
            self.noise |= {fold(w) for w in as_list(data.get("noise"))}
        self._lay_out(files)
        for name, s in self.subjects.items():
            s["up"] = self._up(name)
        self._cover_ground()
        for data in files:
            for a in data.get("ambiguous", []):
                self._add_ambiguous(a)
        folder = os.path.join(root, "protocols", protocol)
        self.data = defaultdict(list)
        for f in sorted(os.listdir(folder)):
            if not f.endswith(".yaml"):
                continue
            for key, value in load(os.path.join(folder, f)).items():
                if isinstance(value, list):
                    self.data[key] += value
                else:
                    self.data[key] = value
        self.events = {e["id"]: {"label": e["label"], "moment": e.get("moment") == "yes",
                                 "usual": span_range(e["usual"]) if "usual" in e else None} for e in self.data["events"]}

    def _add_subject(self, s):
        self.subjects[s["id"]] = {"label": s.get("label", s["id"]), "kind": s["kind"], "is": list(as_list(s.get("is"))),
                                  "places": set(as_list(s.get("places"))), "prescription": s.get("prescription", "none"),
                                  "implies": as_list(s.get("implies"))}
        self.names.setdefault(fold(s["id"]), s["id"])
        for group in ("names", "brands"):
            for language, names in s.get(group, {}).items():
                for name in as_list(names):
                    self._add_name(name, s["id"], language if group == "names" else "brand")
        for name in as_list(s.get("misspelt")):
            self._add_name(name, s["id"], "misspelt")

    def _lay_out(self, files):
        """Which places touch; what joins other areas is wider than they are."""
        self.touching = defaultdict(set)
        for data in files:
            for place, others in data.get("places", {}).items():
                for other in as_list(others):
                    self.touching[place].add(other)
                    self.touching[other].add(place)
            for s in data.get("subjects", []):
                for part in as_list(s.get("areas")):
                    self.subjects[part]["is"].append(s["id"])

    def _cover_ground(self):
        """The places of each area: its own, those of what lies in it, or else those where all that it lies in meet."""
        areas = [a for a, s in self.subjects.items() if s["kind"] == "area"]
        self.ground = {a: set() for a in areas}
        for a in areas:
            for wider in self.subjects[a]["up"]:
                self.ground[wider] |= self.subjects[a]["places"]
        found = True
        while found:
            found = False
            for a in areas:
                parents = self.subjects[a]["is"]
                if not self.ground[a] and parents:
                    self.ground[a] = set.intersection(*(self.ground[p] for p in parents))
                    found = found or bool(self.ground[a])

    def overlap(self, a, b):
        return self.is_a(a, b) or self.is_a(b, a) or not self.ground[a].isdisjoint(self.ground[b])

    def near(self, a, b):
        return self.overlap(a, b) or any(not self.touching[p].isdisjoint(self.ground[b]) for p in self.ground[a])

    def within(self, a, b):
        return self.is_a(a, b) or bool(self.ground[a]) and self.ground[a] <= self.ground[b]

    def _add_name(self, name, subject, language):
        name = name.rstrip("*")
        self.names.setdefault(fold(name), subject)
        self.written[subject].append((language, name))

    def _add_ambiguous(self, a):
        doubt = {"choices": as_list(a["could_be"]), "by_form": a.get("by_form", {}),
                 "by_strength": {fold(k): v for k, v in a.get("by_strength", {}).items()}, "by_route": {}}
        for route in sorted(set(self.routes.values())):
            settled = self._settled_by_route(doubt, route)
            if settled:
                doubt["by_route"][route] = settled
        self.ambiguous.append(doubt)
        meanings = doubt["choices"] + list(doubt["by_form"].values()) + list(doubt["by_strength"].values())
        for name in as_list(a["name"]):
            folded = fold(name.rstrip("*"))
            first = self.names.get(folded)
            # A doubt between narrower subjects takes the name of the wider one.
            if first is None or isinstance(first, str) and all(self.is_a(m, first) for m in meanings):
                self.names[folded] = len(self.ambiguous) - 1

    def _settled_by_route(self, doubt, route):
        """The one choice that has a form for the route, if all choices have forms."""
        forms = {choice: [form for form, subject in doubt["by_form"].items() if subject == choice] for choice in doubt["choices"]}
        settled = [choice for choice, words in forms.items() if any(self.routes.get(form) == route for form in words)]
        return settled[0] if all(forms.values()) and len(settled) == 1 else None

    def _up(self, name):
        up = [name]
        for s in up:
            up += [p for p in self.subjects[s]["is"] if p not in up]
        return up

    def is_a(self, a, b):
        return b in self.subjects[a]["up"]

    def judged(self):
        """Where a rule looks for each subject: subject -> places of a profile, for what holds by that name alone."""
        out = defaultdict(set)
        for s in self.data["avoid"]:
            if s.get("advice") != "yes" and ("before" in s or "after" in s):
                for subject in as_list(s["subject"]):
                    out[subject].update(USE_PLACES + EVENT_PLACES)
        for s in self.data["conditions"]:
            for subject, places in looks(s["when"]):
                out[subject].update(places)
        for s in self.data["series"]:
            for subject in as_list(s.get("indication")):
                out[subject].add("indication")
        for row in (row for step in self.data["steps"] for row in step.get("settings", []) if "time" in row):
            for subject in as_list(row.get("product")):
                out[subject].add("numbing")
        return out

    def unjudged(self):
        """The known names that neither a rule nor a no_concern is about: place -> subjects."""
        judged = self.judged()
        below = defaultdict(set)
        for s, places in judged.items():
            for wider in self.subjects[s]["up"]:
                if wider != s and self.subjects[wider]["kind"] in HIDING:
                    below[wider] |= places
        out = {}
        for place in PLACES:
            passed = {s for none in self.data["no_concern"] if place in (as_list(none.get("sections")) or PLACES)
                      for s in as_list(none["subject"])}
            out[place] = [s for s, facts in self.subjects.items()
                          if belongs(facts["kind"], place) and place not in below[s] and
                          not any(place in judged[up] or up in passed for up in facts["up"])]
        return out

    def mentioned(self, kinds=("condition", "uses", "allergy", "had", "numbing", "add_on", "device", "protocol")):
        """Every subject that a statement names for a check, each with the statements that do."""
        out = defaultdict(list)
        for s in self.data["avoid"]:
            for subject in as_list(s["subject"]):
                out[subject].append(s)
        for s in self.data["conditions"]:
            for leaf in leaves(s["when"]):
                for kind in kinds:
                    for subject in as_list(leaf.get(kind)):
                        out[subject].append(s)
        return out


STATUSES = ("active", "controlled", "uncontrolled", "stable", "unstable", "suspected", "past")


def counting(when):
    """A condition that says which states it lets through, as one that says which count."""
    if "except_status" not in when:
        return when
    through = as_list(when["except_status"])
    return {**{k: v for k, v in when.items() if k != "except_status"}, "status": [s for s in STATUSES if s not in through]}


def leaves(when):
    """The single conditions of a condition."""
    for joint in ("all", "any"):
        if joint in when:
            return [leaf for part in when[joint] for leaf in leaves(part)]
    return leaves(when["not"]) if "not" in when else [counting(when)]


# --- where names stand -------------------------------------------------------------------------------------------

SECTIONS = ["conditions", "medicines", "products", "supplements", "allergies", "procedures", "sessions", "exposures", "plans"]
USES, NAMED_EVENTS = ["medicines", "products", "supplements"], ["procedures", "exposures", "plans"]
EVENTS = NAMED_EVENTS + ["sessions"]
SESSION_NAMES = ["indication", "device", "numbing", "add_ons"]
# An earlier session has no name.
PLACES = [s for s in SECTIONS if s != "sessions"] + SESSION_NAMES
# What is added in the session is an event of its day.
EVENT_PLACES = NAMED_EVENTS + ["add_ons"]
USE_PLACES = USES + EVENT_PLACES
LOOKED_FOR = {"condition": ["conditions"], "uses": USE_PLACES, "allergy": ["allergies"], "had": EVENT_PLACES,
              "indication": ["indication"], "device": ["device"], "add_on": ["add_ons"], "numbing": ["numbing"]}


def belongs(kind, place):
    """Whether names of that kind can stand there."""
    if place == "conditions":
        return kind == "condition"
    if place in USES or place == "numbing":
        return kind in USED
    if place == "allergies":
        return kind in USED or kind == "allergen"
    if place in NAMED_EVENTS:
        return kind in USED or kind in ("procedure", "exposure")
    if place == "add_ons":
        return kind in USED or kind in ("add-on", "procedure")
    return kind == place


def looks(when):
    """The names that can make a condition hold by themselves, with the places where it looks for them."""
    if "all" in when:
        # Of two terms about the client's entries neither decides alone.
        terms = [found for found in map(looks, when["all"]) if found]
        entries = [found for found in terms if any(set(places) & set(SECTIONS) for _, places in found)]
        deciding = entries or terms
        return deciding[0] if len(deciding) == 1 else []
    if "any" in when:
        return [look for term in when["any"] for look in looks(term)]
    key = next((k for k in LOOKED_FOR if k in when), None)
    return [(subject, LOOKED_FOR[key]) for subject in as_list(when[key])] if key else []


# --- what the peers read -----------------------------------------------------------------------------------------

SECTIONS_OF = {"condition": ["conditions"], "allergen": ["allergies"], "procedure": NAMED_EVENTS, "exposure": NAMED_EVENTS,
               **{kind: USES + NAMED_EVENTS for kind in USED}}
LEAF = {"condition": "ill", "uses": "uses", "allergy": "allergy", "had": "had", "life_stage": "stage", "age": "age",
        "skin_type": "skin", "depth": "depth", "treats": "treats", "indication": "session", "device": "session",
        "add_on": "session", "numbing": "session", "protocol": "session", "answer": "answered"}
MODIFIERS = {"ill": {"status", "settled"}, "uses": {"status", "prescribed"}, "had": {"within"}, "treats": {"named"},
             "answered": {"is"}}
ENTRY_LEAVES = {"ill": ["conditions"], "uses": USES + NAMED_EVENTS, "allergy": ["allergies"], "had": EVENTS}
# Who signs in whose place: a dermatologist is a physician, and a physician a prescriber.
ROLES = {"prescriber": ["prescriber"], "physician": ["physician", "prescriber"], "midwife": ["midwife"],
         "dermatologist": ["dermatologist", "physician", "prescriber"], "obstetrician": ["obstetrician", "physician", "prescriber"],
         "surgeon": ["surgeon", "physician", "prescriber"], "nurse prescriber": ["nurse prescriber", "prescriber"],
         "practitioner": ["practitioner"]}
VERDICTS = ["clear", "prepare", "caution", "ask", "consult", "defer", "avoid"]


def number(text):
    """`18` or `1.5mm` as a number; millimetres come out as micrometres."""
    return round(float(text.removesuffix("mm")) * 1000) if text.endswith("mm") else int(text)


def condition(when):
    """A condition as the peers have it: {op: all|any|not, terms} or {op: leaf kind, ...}."""
    for op in ("all", "any"):
        if op in when:
            return {"op": op, "terms": [condition(part) for part in when[op]]}
    if "not" in when:
        return {"op": "not", "terms": [condition(when["not"])]}
    when = counting(when)
    key = next((k for k in when if k in LEAF), None)
    if key is None or set(when) - {key} - MODIFIERS.get(LEAF[key], set()):
        raise ValueError(f"pack.py does not know the condition {when!r}; the peers would have to learn it")
    out = {"op": LEAF[key]}
    value = when[key]
    if key in ("age", "depth"):
        out["limits"] = {k: number(v) for k, v in value.items()}
    elif key == "answer":
        out["id"], out["is"] = value, when.get("is", "yes") == "yes"
    else:
        out["of"] = [] if key == "numbing" and value == "yes" else as_list(value)
    if out["op"] == "session":
        out["fact"] = key
    if "status" in when:
        out["status"] = as_list(when["status"]) if out["op"] == "ill" else when["status"]
    if "settled" in when:
        out["settled"] = as_list(when["settled"])
    if "prescribed" in when:
        out["prescribed"] = when["prescribed"] == "yes"
    if "within" in when:
        out["within"] = span_range(when["within"])
    if when.get("named") == "yes":
        out["named"] = True
    return out


def mentions(when):
    """The subjects and sections that bring a rule up, and whether it is looked at for everybody."""
    if when["op"] == "all":
        inner = [mentions(term) for term in when["terms"]]
        first = next((m for m in inner if m[0] and not m[2]), None)
        return first or ([], [], True)
    if when["op"] == "any":
        inner = [mentions(term) for term in when["terms"]]
        return sum((m[0] for m in inner), []), sum((m[1] for m in inner), []), any(m[2] for m in inner)
    if when["op"] in ENTRY_LEAVES:
        return when["of"], ENTRY_LEAVES[when["op"]], False
    return [], [], True


def rules_of(pack):
    """Every rule that a check looks at, and where each is to be looked up."""
    rules, always = [], []
    by_subject, by_section = defaultdict(set), defaultdict(set)

    def add(rule, subjects, sections, everybody):
        at = len(rules)
        rules.append(rule)
        for wanted in subjects:
            for s, facts in pack.subjects.items():
                wider = s in pack.subjects[wanted]["up"] and s != wanted and facts["kind"] in HIDING
                if wanted in facts["up"] or wider:
                    by_subject[s].add(at)
        for section in sections:
            by_section[section].add(at)
        if everybody:
            always.append(at)

    def signers(s):
        asked = set(as_list(s.get("signed_by", "prescriber")))
        return [role for role, stands_for in ROLES.items() if asked & set(stands_for)]

    def ban(s):
        unknown = set(s) & {"when", "form", "strength"}
        unknown |= {k for k in ("before", "after") if isinstance(s.get(k), dict) and "to" in s[k]}
        if unknown:
            raise ValueError(f"pack.py does not know {', '.join(sorted(unknown))} of a ban; the peers would have to learn it")
        subjects = as_list(s["subject"])
        sections = sorted({x for w in subjects for x in SECTIONS_OF[pack.subjects[w]["kind"]]})
        ends = {k: length_of(bound(s[k], pack.events), pack.events) for k in ("before", "after") if k in s}
        return ({"id": s["id"], "kind": "ban", "of": subjects, "scope": s.get("scope", "anywhere"), "sections": sections,
                 "verdict": s.get("verdict", "defer"), **ends, "signable": "consult", "signers": signers(s)},
                subjects, sections, False)

    def contraindication(s):
        when = condition(s["when"])
        absolute = s.get("absolute") == "yes"
        length = lambda key: span_range(s[key]) if key in s else None
        return ({"id": s["id"], "kind": "condition", "when": when, "scope": s.get("scope", "anywhere"),
                 "verdict": s.get("verdict", "avoid"), "wait": length("wait"), "ahead": length("ahead"),
                 "wait_verdict": s.get("wait_verdict", "defer"),
                 "signable": "clear" if absolute else {"none": "clear"}.get(s.get("signoff"), s.get("signoff", "consult")),
                 "signers": signers(s)}, *mentions(when))

    left_out = []
    for read, statements in ((ban, pack.data["avoid"]), (contraindication, pack.data["conditions"])):
        for s in statements:
            if s.get("advice") == "yes":
                continue
            try:
                add(*read(s))
            except ValueError as unknown:
                left_out.append(s["id"])
                print(f"left out for the peers: {s['id']}: {unknown}", file=sys.stderr)
    for s in pack.data["series"]:
        add({"id": s["id"], "kind": "series", "for": as_list(s.get("indication")), "interval": span_range(s["interval"]),
             "signable": "consult", "signers": signers(s)}, [], EVENTS, True)
    for step in pack.data["steps"]:
        rows = step.get("settings", [])
        for row in rows:
            if not ("depth" in row and "area" in row or "time" in row and "product" in row):
                continue
            products = as_list(row.get("product"))
            closer = sorted({p for other in rows if other is not row and "time" in other for p in as_list(other.get("product"))
                             for wide in products if p != wide and pack.is_a(p, wide)})
            least, _, most = row.get("time", "").partition("..")
            minutes = lambda text: rough(span(text)) if text else None
            deepest = row.get("depth", "").partition("..")[2] if "area" in row else ""
            add({"id": row["id"], "kind": "setting", "areas": as_list(row.get("area")), "products": products, "closer": closer,
                 "indications": as_list(row.get("indication")),
                 "deepest": number(deepest) if deepest else None, "least": minutes(least), "most": minutes(most)}, [], [], True)
    order = lambda table: {k: sorted(v) for k, v in table.items()}
    return {"rules": rules, "left_out": left_out, "by_subject": order(by_subject), "by_section": order(by_section),
            "always": always}


MARKS = {"must": "DO", "prophylaxis": "DO", "may": "MAY", "resume": "OK AGAIN", "consult": "ASK"}


def sheet_of(pack):
    """What an aftercare sheet is written from: the words joined as far as they are the same for everybody."""

    def words(s, *more):
        brackets = ", ".join(m for m in more if m)
        return s.get("say", "") + (f" ({brackets})" if brackets else "")

    def end(value):
        out = bound(value, pack.events)
        if "event" in out:
            event = pack.events[out["event"]]
            out["event"] = event["label"]
            out["usual"], out["moment"] = event["usual"], event["moment"]
        return out

    def common(s, text):
        if "when" in s and not s["say"].startswith("If "):
            raise ValueError(f"pack.py does not write the condition of {s['id']} out")
        return {"id": s["id"], "text": text, "why": " ".join(w for w in (s.get("why"), s.get("instead")) if w),
                "origin": "" if isinstance(s.get("sources"), list) and s["sources"] else "no source",
                "when": condition(s["when"]) if "when" in s else None, "scope": s.get("scope", "anywhere")}

    def repeat_words(repeat):
        if isinstance(repeat, dict):
            length = lambda text: f"{span(text)[0]} {'minutes' if span(text)[1] == 'min' else 'hours'}"
            return f"{length(repeat['on'])} on, {length(repeat['off'])} off"
        return repeat or ""

    dos, bans, normal, calls, series = [], [], [], [], []
    for s in pack.data["do"]:
        if "aftercare" in as_list(s["phase"]):
            repeat = s.get("repeat")
            text = words(s, repeat_words(repeat), s.get("moment"), s.get("amount"))
            mode = s.get("mode", "must")
            dos.append({**common(s, text), "mark": MARKS[mode], "once": mode in ("may", "resume") or repeat == "once",
                        "from": end(s["from"]), "to": end(s["to"])})
    for s in pack.data["avoid"]:
        if "after" in s:
            advice = "recommended, not required" if s.get("advice") == "yes" else ""
            label = ", ".join(pack.subjects[w]["label"] for w in as_list(s["subject"]))
            bans.append({**common(s, words(s, advice)), "label": label, "short": label + (f" ({advice})" if advice else ""),
                         "to": end(s["after"])})
    for s in pack.data["expect"]:
        normal.append({**common(s, words(s)), "from": end(s["from"]), "to": end(s["to"])})
    for s in pack.data["warnings"]:
        begin, over = end(s["from"]), end(s["to"])
        at_session = over["kind"] == "clock" and over["span"][1][0] == 0
        if (begin["before"] or begin["kind"] == "open") and (over["before"] or at_session):
            continue
        calls.append({**common(s, words(s)), "call": s.get("call", "clinic"), "from": begin})
    for s in pack.data["series"]:
        least, _, most = s["sessions"].partition("..")
        count = f"{least} to {most}" if most else least
        reason = " ".join(w for w in (s.get("why"), s.get("instead")) if w)
        series.append({"id": s["id"], "for": as_list(s.get("indication")), "why": reason,
                       "text": (s.get("say", "") + f" A course has {count} sessions.").strip(),
                       "from": {"kind": "clock", "before": False, "span": span_range(s["interval"])}})
    return {"do": dos, "bans": bans, "normal": normal, "calls": calls, "series": series}


HEADLINES = {"ask": "ASK FIRST - answers are missing", "consult": "HOLD - a clinician or the prescriber must sign off",
             "defer": "NOT ON THIS DAY", "avoid": "STOP - sources say: do not treat while this holds"}


def pack_json(pack):
    """Everything a peer needs, in a form that is good for it: names folded, rules by subject, texts joined."""
    kinds = {s: f["kind"] for s, f in pack.subjects.items()}
    areas = [s for s in kinds if kinds[s] == "area"]
    everywhere = set().union(*pack.ground.values())
    share = lambda test: {a: [b for b in areas if test(a, b)] for a in areas}
    only = {s for s, f in pack.subjects.items() if any(pack.subjects[u]["prescription"] == "only" for u in f["up"])}
    some = {s for s, f in pack.subjects.items() if any(pack.subjects[u]["prescription"] != "none" for u in f["up"])}
    about = pack.data["pack"]
    valid = pack.data["valid_for"]
    return {"id": about["id"], "title": about["title"], "version": about["version"], "headlines": HEADLINES,
            "valid": {k: span(valid[k]) for k in ("answers", "life_stage")},
            "names": pack.names, "kinds": kinds, "up": {s: f["up"] for s, f in pack.subjects.items()},
            "prescription_only": sorted(only), "prescribed_at_all": sorted(some), "ambiguous": pack.ambiguous,
            "forms": pack.forms, "routes": pack.routes, "noise": sorted(pack.noise),
            "implies": {s: f["implies"] for s, f in pack.subjects.items() if f["implies"]},
            "overlap": share(pack.overlap), "near": share(pack.near), "within": share(pack.within),
            "nowhere": [a for a in areas if not pack.ground[a]], "wide_areas": [a for a in areas if pack.ground[a] == everywhere],
            "questions": [a["id"] for a in pack.data["answers"]], "no_rule": pack.unjudged(), **rules_of(pack),
            "sheet": sheet_of(pack)}


LAYER_BYTES = 1 << 20  # the longest file that needleplan reads as a layer
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def many_rules(pack):
    """A layer that brings 59 times the rules of a pack, each about a thing of its own; fewer only where they do not fit
    into one layer, and then it says so."""
    wanted = 59 * len(rules_of(pack)["rules"])
    numbers = (f"x{DIGITS[i // 1296 % 36]}{DIGITS[i // 36 % 36]}{DIGITS[i % 36]}" for i in range(36 ** 3))
    things = [x for x in numbers if x not in pack.names]
    write = lambda things: "".join(["layer: {id: many, kind: clinic, title: Many Rules}\nsubjects:\n",
                                    *(f"- {{id: {x}, kind: product}}\n" for x in things), "avoid:\n",
                                    *(f"- {{id: {x}, subject: {x}, before: 3d}}\n" for x in things)])
    each = len(write(things[:2])) - len(write(things[:1]))
    count = min(wanted, len(things), (LAYER_BYTES - len(write([]))) // each)
    if count < wanted:
        print(f"many rules: {count} of {wanted} fit into one layer", file=sys.stderr)
    return write(things[:count])


if __name__ == "__main__":
    if sys.argv[1:] == ["--many-rules"]:
        sys.stdout.write(many_rules(Pack()))
    else:
        json.dump(pack_json(Pack()), sys.stdout, ensure_ascii=False)
