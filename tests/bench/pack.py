#!/usr/bin/python3
"""Reads protocols/ for the generator and the peers: plain Python values, every scalar as text.

pack.py [PROTOCOL] > pack.json     writes what the peers read, see pack_json()
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
        self.subjects, self.names, self.ambiguous, self.forms, self.noise = {}, {}, [], {}, set()
        self.written = defaultdict(list)  # subject -> (language, name as written)
        files = [load(os.path.join(catalog, f)) for f in sorted(os.listdir(catalog)) if f.endswith(".yaml")]
        for data in files:
            for s in data.get("subjects", []):
                self._add_subject(s)
            for form, words in data.get("forms", {}).items():
                self.forms.update({fold(w): form for w in as_list(words)})
            self.noise |= {fold(w) for w in as_list(data.get("noise"))}
        for data in files:
            for a in data.get("ambiguous", []):
                self._add_ambiguous(a)
        for name, s in self.subjects.items():
            s["up"] = self._up(name)
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
        self.subjects[s["id"]] = {"label": s.get("label", s["id"]), "kind": s["kind"], "is": as_list(s.get("is")),
                                  "prescription": s.get("prescription", "none")}
        self.names.setdefault(fold(s["id"]), s["id"])
        for group in ("names", "brands"):
            for language, names in s.get(group, {}).items():
                for name in as_list(names):
                    self._add_name(name, s["id"], language if group == "names" else "brand")
        for name in as_list(s.get("misspelt")):
            self._add_name(name, s["id"], "misspelt")

    def _add_name(self, name, subject, language):
        name = name.rstrip("*")
        self.names.setdefault(fold(name), subject)
        self.written[subject].append((language, name))

    def _add_ambiguous(self, a):
        self.ambiguous.append({"choices": as_list(a["could_be"]), "by_form": a.get("by_form", {}),
                               "by_strength": {fold(k): v for k, v in a.get("by_strength", {}).items()}})
        for name in as_list(a["name"]):
            self.names.setdefault(fold(name.rstrip("*")), len(self.ambiguous) - 1)

    def _up(self, name):
        up = [name]
        for s in up:
            up += [p for p in self.subjects[s]["is"] if p not in up]
        return up

    def is_a(self, a, b):
        return b in self.subjects[a]["up"]

    def mentioned(self):
        """Every subject that a statement names for a check, each with the statements that do."""
        out = defaultdict(list)
        for s in self.data["avoid"]:
            for subject in as_list(s["subject"]):
                out[subject].append(s)
        for s in self.data["conditions"]:
            for leaf in leaves(s["when"]):
                for kind in ("condition", "uses", "allergy", "had", "numbing", "add_on", "device", "protocol"):
                    for subject in as_list(leaf.get(kind)):
                        out[subject].append(s)
        return out


def leaves(when):
    """The single conditions of a condition."""
    for joint in ("all", "any"):
        if joint in when:
            return [leaf for part in when[joint] for leaf in leaves(part)]
    return leaves(when["not"]) if "not" in when else [when]
