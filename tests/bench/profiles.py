#!/usr/bin/python3
"""Made-up client profiles for measuring, as many as asked for. Nobody in them is real.

profiles.py -n N [--seed S] -o DIR [--no-files] [--answered]

writes   DIR/files/0000/c-0000000.yaml ...  one file for each client, a thousand to a folder
         DIR/all.yaml                       the same as one stream of documents
         DIR/all.ndjson                     the same, a line for each client
         DIR/list.txt                       the paths of the files, relative to DIR

A profile depends on the seed and its number only, so the first thousand of any run with one seed are the same. About 40 %
are clear, 40 % have findings that do not stop the session, 20 % stop it. Sessions lie in the 60 days after 2026-11-23,
which is the day to check them on; most so near that the answers still hold then. With --answered no answer is missing or
contradicts another, and no name is one that nobody knows.
"""
import argparse
import datetime as dt
import json
import os
import random

from pack import NAMED_EVENTS, USED, Pack, as_list, leaves, rough, span_range

AS_OF = dt.date(2026, 11, 23)
SESSION_DAYS = 60
FRESH_DAYS = 28  # answers of an intake still hold so long after it

FIRST = """Anna Maria Sophie Laura Julia Emma Chloé Zoë Jürgen Noémie Agnieszka Łucja Søren Björk Inês Íñigo Amélie Nadia
Fatima Leïla Yusuf Ayşe Đorđe Živa Petra Tomáš Kateřina Ольга Дмитрий Ελένη Νίκος 美咲 健太 민지 Oluwaseun Chinwe Grace
Ruth Helen Mark Peter Sarah Rachel Thomas Daniel Irene Carla Lucia Marta Elsa Nina Olivia Sven Ida""".split()
LAST = """Example Müller Weber O'Neill García Fernández Łukasiewicz Kowalska Dvořák Sørensen Åberg Öztürk Yılmaz Иванова
Παπαδόπουλος 佐藤 김 Trần Adeyemi Okafor Smith Jones Brown Taylor Rossi Bianchi Dubois Lefèvre Keller Huber Andersen
Virtanen Kaya Haddad Cohen Singh Patel Khan""".split()
NOTES = """prefers mornings and the quiet room|settled within two days the last time|will bring the box|photos were taken from
the front and from both sides|label is in a language that nobody here reads|tender around the eyes, so go slower there|asked
for the sheet in large print|works outdoors most of the week|told us on the phone|had it before and knows what to do|wants
to be called, not written to|a friend drives her home|flies out on the weekend after|second opinion was asked for""".replace(
    "\n", " ").split("|")
INVENTED = ["Crème de nuit Lumière", "Dr. Hoffmann Serum No. 5", "BeautyLab X-Glow", "Omas Ringelblumensalbe", "Face Elixir 24",
            "Snow Lotus Essence", "K-Derm Ampoule", "Tonik ziołowy", "unbenannt (blaue Tube)", "Blue bottle: no label"]
COMMENTS = ["# from the front desk", "# asked by phone", "# checked with the client", "# copied from the paper form"]
REASONS = ["headache", "sore knee", "as advised by the family doctor", "dry skin", "sleep"]
DOSES = ["5 mg", "10 mg", "20 mg", "50 mg", "100 µg", "400 mg"]
BODY = ["arms", "back", "legs", "shoulders", "feet", "hands"]
SECTIONS = ["conditions", "medicines", "products", "supplements", "allergies", "procedures", "sessions", "exposures", "plans"]
STOPS = ("avoid", "defer")
EVENTS = ("procedure", "exposure")
ABOUT_ENTRIES = {"condition", "uses", "allergy", "had"}
DAY = dt.timedelta(days=1)


class World:
    """What the generator has to know of the protocol, worked out once."""

    def __init__(self):
        self.pack = pack = Pack()
        named = pack.mentioned()
        self.quiet = {}  # kind of entry -> subjects that no rule is about
        self.rules = {}  # subject -> rules about it or something wider
        used = pack.mentioned(("uses", "had", "numbing"))  # an allergy to it says nothing of its use
        for s, facts in pack.subjects.items():
            self.rules[s] = [r for up in facts["up"] for r in named.get(up, [])]
            about = used if facts["kind"] in USED else named
            hides = any(s in pack.subjects[n]["up"] for n in about)
            if not hides and not any(up in about for up in facts["up"]) and pack.written[s]:
                self.quiet.setdefault(facts["kind"], []).append(s)
        self.quiet["use"] = [s for kind in USED for s in self.quiet.get(kind, [])]
        on_skin = ("cream", "topical", "skin", "cleanser", "hydrator", "hyaluronic", "oil", "petrolatum", "peptides", "panthenol")
        self.quiet_products = [s for s in self.quiet["use"] if any(w in s for w in on_skin) and "oral" not in s]
        self.below = {s: [b for b in pack.subjects if s in pack.subjects[b]["up"] and pack.written[b]] for s in pack.subjects}
        # What a medicine is taken for: each list holds enough of an answer, if one of its illnesses stands there.
        self.taken_for = {s: [pack.subjects[up]["implies"] for up in f["up"] if pack.subjects[up]["implies"]]
                          for s, f in pack.subjects.items()}
        calm = lambda illnesses: any(i in self.quiet["condition"] for i in illnesses)
        self.quiet_medicines = [s for s in self.quiet["use"] if s not in self.quiet_products and all(map(calm, self.taken_for[s]))]
        self.bans = [b for b in pack.data["avoid"] if b.get("advice") != "yes"]
        self.conditions = [c for c in pack.data["conditions"] if len(leaves(c["when"])) == 1]
        # Those that ask for one entry and something else of the client or the session.
        self.joined = [c for c in pack.data["conditions"] if "all" in c["when"] and
                       sum(len(set(leaf) & ABOUT_ENTRIES) for leaf in leaves(c["when"])) == 1]
        # Questions of the protocol: whom they concern, and the answer that no rule is about.
        self.questions = []
        for c in self.joined:
            for leaf in (leaf for leaf in leaves(c["when"]) if "answer" in leaf):
                about = {s for other in leaves(c["when"]) for k in ABOUT_ENTRIES for s in as_list(other.get(k))}
                self.questions.append((leaf["answer"], about, "yes" if leaf.get("is") == "no" else "no"))
        self.planned = [c for c in self.conditions if "had" in c["when"] and ("wait" in c or "ahead" in c)]
        self.unruled = [s for s in pack.unjudged()["add_ons"] if s in self.quiet_products]
        self.limits = self._depth_limits()
        by_name = {a for c in pack.data["conditions"] for leaf in leaves(c["when"]) if leaf.get("named") == "yes"
                   for a in as_list(leaf["treats"])}
        self.areas = ["face", "forehead", "between-brows", "periorbital", "nose", "cheeks", "nasolabial", "perioral", "upper-lip",
                      "chin", "jaw", "temples", "scalp", "neck", "decolletage", "chest", "shoulders", "arms", "hands", "abdomen",
                      "flanks", "back", "buttocks", "thighs", "legs", "feet"]
        self.quiet_areas = [a for a in self.areas if not any(pack.within(a, b) for b in by_name)]
        self.indications = ["rejuvenation", "fine-lines", "wrinkles", "texture", "pores", "acne-scars", "hyperpigmentation"]
        self.pens = [s for s in self.below["mechanical-pen"] if s != "mechanical-pen"]
        self.numbing = self._numbing_times()
        strong = {up for c in self.conditions for up in as_list(leaves(c["when"])[0].get("numbing"))}
        self.quiet_numbing = [(p, minutes) for p, minutes in self.numbing if not strong & set(pack.subjects[p]["up"])]

    def _depth_limits(self):
        """The smallest limit of depth for each area, in hundredths of a millimetre."""
        pack, out = self.pack, {}
        rows = [(as_list(r["area"]), r["depth"].partition("..")[2]) for s in pack.data["steps"] for r in s.get("settings", [])
                if "area" in r and "depth" in r]
        for area, facts in pack.subjects.items():
            if facts["kind"] != "area":
                continue
            most = [int(float(d.removesuffix("mm")) * 100) for areas, d in rows for a in areas
                    if d and pack.overlap(area, a)]
            out[area] = min(most, default=100)
        return out

    def _numbing_times(self):
        """Products and a time that is right for them, in minutes."""
        out = []
        for step in self.pack.data["steps"]:
            for row in step.get("settings", []):
                if "product" in row and "time" in row and self.pack.written[row["product"]]:
                    out.append((row["product"], int(row["time"].partition("min")[0])))
        return out


class Client:
    """One profile in the making."""

    def __init__(self, world, seed, number, answered=False):
        self.answered = answered
        self.w, self.r, self.number = world, random.Random(f"{seed}:{number}"), number
        r = self.r
        self.kind = r.choices(["clear", "findings", "stop"], [39, 42, 19])[0]
        early = self.kind != "clear" and r.random() < .15
        days = r.randrange(FRESH_DAYS, SESSION_DAYS) if early else int(FRESH_DAYS * r.random() ** 1.3)
        self.session_day = AS_OF + DAY * (1 + days)
        self.asked = AS_OF - DAY * r.randrange(0, 20 if early else max(1, min(20, FRESH_DAYS - days)))
        areas = world.quiet_areas if self.kind == "clear" else world.areas
        away = []
        while not away:  # a few areas reach everywhere
            self.areas = [r.choice(areas)] if r.random() < .4 else r.sample(areas, r.choice([2, 2, 3]))
            away = [b for b in BODY if not any(world.pack.near(a, b) for a in self.areas)]
        self.elsewhere = r.choice(away)
        self.answers, self.explained, self.said = {}, [], set()
        self.add_on = None
        self.lists = {s: [] for s in SECTIONS}
        self.signoffs = []
        self.types = ["I", "II", "III", "III"]
        self.age = r.randrange(23, 74)
        self.life = {"pregnant": "no", "breastfeeding": "no"}
        self.gaps = 0

    # --- single words ---

    def name(self, subject, careful=True):
        """A name of the subject as somebody writes it; not careful: now and then one that nobody knows."""
        r, choices = self.r, self.w.pack.written[subject]
        self.said.update(self.w.pack.subjects[subject]["up"])
        careful = careful or self.answered
        plain = [n for language, n in choices if language != "misspelt"]
        name = r.choice(plain if careful and plain else [n for _, n in choices])
        how = r.random()
        if how < .15:
            name = name.upper() if name.isascii() else name
        elif how < .35:
            name = name[:1].upper() + name[1:]
        elif how < .42:
            name += "®"
        if not careful and r.random() < .06 and len(name) > 5:
            at = r.randrange(1, len(name) - 2)
            name = name[:at] + name[at + 1] + name[at] + name[at + 2:]
        elif not careful and r.random() < .01:
            name += "?"
        return name

    def day(self, back_from, least, most):
        return (back_from - DAY * self.r.randrange(least, max(least + 1, most))).isoformat()

    def told(self, day):
        """A day that a client can tell of as past: not one after the questions."""
        return min(day, self.asked.isoformat())

    def when(self, day):
        """A day as people remember it: mostly exact, else the month, or about that day."""
        how = self.r.random()
        return day[:7] if how < .05 else "about " + day if how < .1 else day

    def note(self, entry, share=.12):
        if self.r.random() < share:
            entry["note"] = "\n".join(self.r.sample(NOTES, self.r.choice([1, 1, 2, 3])))
        return entry

    # --- entries ---

    def use(self, subject, ongoing, last=None, careful=True, prescribed=None):
        r = self.r
        entry = {"name": self.name(subject, careful)}
        topical = subject in self.w.quiet_products or any(x.get("scope") in ("area", "near") for x in self.w.rules[subject])
        section = "products" if topical else "supplements" if r.random() < .1 else "medicines"
        if section == "medicines" and r.random() < .3:
            entry["strength"] = r.choice(DOSES)
        entry["prescribed"] = prescribed or r.choice(["no", "no", "no", "yes"])
        if ongoing:
            entry["ongoing"] = "yes"
        else:
            entry["last_used"] = self.told(last)
        if topical:
            entry["area"] = r.choice(self.areas)
        elif r.random() < .25:
            entry["reason"] = r.choice(REASONS)
        self.lists[section].append(self.note(entry))
        forgotten = self.kind != "clear" and not self.answered and r.random() < .2
        for illnesses in self.w.taken_for[subject] if not forgotten else []:
            self.explain(illnesses)

    def explain(self, illnesses):
        """Lists one of the illnesses that a medicine is taken for, once; mostly one that no rule is about, if there is any."""
        if illnesses in self.explained:
            return
        self.explained.append(illnesses)
        calm = [i for i in illnesses if i in self.w.quiet["condition"]]
        often = calm and (self.kind == "clear" or self.r.random() < .6)
        illness = self.r.choice(calm if often else illnesses)
        entry = {"name": self.name(illness), "status": self.r.choice(["controlled", "stable"]),
                 "since": self.day(self.asked, 200, 3000)[:self.r.choice([4, 7])]}
        if any(x.get("scope") in ("area", "near") for x in self.w.rules[illness]):
            entry["area"] = self.elsewhere
        self.lists["conditions"].append(entry)

    def quiet(self):
        """What everybody has: things no rule is about, and things long over."""
        r, w = self.r, self.w
        for _ in range(r.choice([1, 1, 2, 2, 3])):
            self.use(r.choice(w.quiet_products), r.random() < .7, self.day(self.asked, 0, 30))
        for _ in range(r.choice([0, 0, 1, 1, 2])):
            self.use(r.choice(w.quiet_medicines), r.random() < .6, self.day(self.asked, 0, 90))
        for _ in range(r.choice([0, 0, 1, 1])):
            entry = {"name": self.name(r.choice(w.quiet["condition"])), "status": r.choice(["controlled", "active", "stable"]),
                     "since": self.day(self.asked, 200, 4000)[:r.choice([4, 7, 10])]}
            self.lists["conditions"].append(self.note(entry))
        for _ in range(r.choice([0, 0, 0, 1])):
            entry = {"name": self.name(r.choice(w.quiet["allergen"]))}
            if r.random() < .5:
                entry["reaction"] = r.choice(["rash", "hives", "itch"])
            self.lists["allergies"].append(entry if len(entry) > 1 else entry["name"])
        if r.random() < .35:  # used once, outside every window
            subject = self.subject_of(r.choice([b for b in w.bans if "before" in b]), USED)
            self.use(subject, False, self.day(self.session_day, self.longest(subject) + 70, 900), prescribed="no")
        if r.random() < .4:
            subject = self.subject_of(r.choice([b for b in w.bans if "before" in b]), EVENTS)
            self.event(subject, self.day(self.session_day, max(366, self.longest(subject) + 70), 1500), self.elsewhere)
        if r.random() < .2:
            rule = self.pick_condition(lambda c: c.get("scope") in ("area", "near") and "condition" in c["when"])
            subject = self.subject_of(rule)
            if all(x.get("scope") in ("area", "near") for x in w.rules[subject]):
                self.lists["conditions"].append(self.note({"name": self.name(subject), "area": self.elsewhere,
                                                           "status": "active", "since": self.day(self.asked, 30, 900)[:7]}))
        for k in range(r.choice([0, 0, 1, 2, 3])):
            self.lists["sessions"].append(self.note({"date": self.day(self.session_day, 62 + 45 * k, 100 + 45 * k),
                                                     "area": r.choice(self.areas), "depth": r.choice(["0.5 mm", "0.75 mm"])}, .3))
        if r.random() < .25:
            self.lists["plans"].append({"name": self.name(r.choice([s for s in w.quiet["exposure"] if s in ("travel", "event")])),
                                        "date": (self.session_day + DAY * r.randrange(3, 40)).isoformat(), "area": self.elsewhere})

    def longest(self, subject):
        """The longest window before a session of any rule about the subject, in days."""
        lengths = [span_range(x[k])[1] for x in self.w.rules[subject] for k in ("before", "wait") if k in x]
        return max((rough(l) // 1440 + 1 for l in lengths), default=0)

    def kind_of(self, subject):
        return self.w.pack.subjects[subject]["kind"]

    @staticmethod
    def entry_leaf(rule):
        """The part of a rule's condition that is about an entry."""
        return next((leaf for leaf in leaves(rule["when"]) if set(leaf) & ABOUT_ENTRIES), {}) if "when" in rule else {}

    def subject_of(self, rule, kinds=None):
        """A subject that a rule is about, or something below it, that has names; of another rule if none is of the kinds."""
        when = self.entry_leaf(rule)
        wanted = as_list(rule.get("subject")) or [s for k in ("condition", "uses", "allergy", "had") for s in as_list(when.get(k))]
        subject = self.r.choice(self.w.below[self.r.choice([s for s in wanted if self.w.below[s]])])
        return subject if not kinds or self.kind_of(subject) in kinds else self.subject_of(self.r.choice(self.w.bans), kinds)

    def pick_condition(self, fits):
        return self.r.choice([c for c in self.w.conditions if fits(c)])

    def event(self, subject, date, area):
        to_come = date > self.asked.isoformat()
        section = "plans" if to_come else "exposures" if self.kind_of(subject) == "exposure" else "procedures"
        if self.r.random() < .15 and len(date) == 10 and area == self.elsewhere:
            date += self.r.choice([" 10:00", " 14:30", " 16:15"])
        self.lists[section].append(self.note({"name": self.name(subject), "date": date, "area": area}))

    # --- findings ---

    def soft(self):
        """Something to prepare, to mind, to ask or to sign; seldom something that moves the date."""
        r, w = self.r, self.w
        how = r.random()
        if how < .45:
            ban = r.choice([b for b in w.bans if "before" in b])
            subject, (least, most) = self.subject_of(ban), span_range(ban["before"])
            far = rough(most) // 1440 + 1
            if self.kind_of(subject) in USED:
                fits = (self.session_day - AS_OF).days > rough(least) // 1440
                self.use(subject, fits, self.day(self.session_day, far, far + 60), careful=False, prescribed="no")
            elif self.kind_of(subject) == "exposure" and r.random() < .3:
                self.lists["exposures"].append({"name": self.name(subject), "ongoing": "yes", "area": r.choice(self.areas)})
            else:
                self.event(subject, self.day(self.session_day, rough(least) // 1440 + 1, far + 1), r.choice(self.areas))
        elif how < .68:
            rule = self.pick_condition(lambda c: c["verdict"] in ("caution", "consult") and set(leaves(c["when"])[0]) & {"condition", "uses", "allergy"})
            self.meet(rule)
            if rule["verdict"] == "consult" and r.random() < .15:
                self.sign(rule)
        elif how < .72:
            self.meet(r.choice(w.joined))
        elif how < .74:  # a treatment that is planned soon after the session
            day = self.session_day + DAY * r.randrange(2, 20)
            self.event(self.subject_of(r.choice(w.planned)), day.isoformat(), r.choice(self.areas))
        elif how < .76:
            self.add_on = self.name(r.choice(w.unruled))
        elif how < .82:
            product = {"name": r.choice(INVENTED), "area": r.choice(self.areas), "ongoing": "yes"}
            if not self.answered:
                self.lists["products"].append(product)
        elif how < .88:
            self.types = ["IV", "V", "VI"]
        elif not self.answered:
            self.gaps += 1

    def meet(self, rule):
        """An entry that a condition is about."""
        r, leaf = self.r, self.entry_leaf(rule)
        subject = self.subject_of(rule)
        area = r.choice(self.areas)
        if rule.get("scope") == "near" and r.random() < .3:
            area = r.choice([a for a in self.w.areas if self.w.pack.near(area, a)])
        for other in leaves(rule["when"]):
            if "answer" in other and r.random() < .6:
                self.answers[other["answer"]] = other.get("is", "yes")
        if "condition" in leaf:
            status = r.choice(as_list(leaf.get("status")) or ["active", "stable", "controlled"])
            entry = {"name": self.name(subject, False), "area": area, "status": status, "since": self.day(self.asked, 10, 2000)[:7]}
            if status == "past":
                entry["resolved"] = self.when(self.day(self.asked, 5, 9))
            self.lists["conditions"].append(self.note(entry))
        elif "uses" in leaf:
            ended = leaf.get("status") == "ended"
            self.use(subject, not ended, self.day(self.asked, 3, 160), careful=False, prescribed=leaf.get("prescribed", "yes"))
        elif "allergy" in leaf:
            self.lists["allergies"].append({"name": self.name(subject, False), "reaction": r.choice(["rash", "swelling"])})
        elif "had" in leaf:
            self.event(subject, self.day(self.asked, 1, 9), area)

    def hard(self):
        """Something that stops the session."""
        r, w = self.r, self.w
        how = r.random()
        if how < .12:
            self.life["pregnant"] = "yes"
        elif how < .3:
            ban = r.choice([b for b in w.bans if "after" in b])
            self.event(self.subject_of(ban, EVENTS), (self.session_day + DAY).isoformat(), r.choice(self.areas))
        elif how < .45:
            near = [b for b in w.bans if "before" in b]
            self.event(self.subject_of(r.choice(near), EVENTS), self.session_day.isoformat(), r.choice(self.areas))
        else:
            self.meet(self.pick_condition(lambda c: c["verdict"] in STOPS and set(leaves(c["when"])[0]) & {"condition", "uses", "had"}))

    def gap(self):
        """An answer that is missing, or not known."""
        r = self.r
        how = r.random()
        entries = [e for s in ("medicines", "products", "procedures") for e in self.lists[s] or [] if isinstance(e, dict)]
        if how < .4 or not entries:
            section = r.choice(SECTIONS[:6])
            self.lists[section] = None if r.random() < .5 else "unknown"
        elif how < .7:
            entry = r.choice(entries)
            for key in ("last_used", "ongoing", "date"):
                entry.pop(key, None)
        elif how < .85:
            r.choice(entries).pop("area", None)
        else:
            self.life["pregnant"] = "unknown"

    def slip(self):
        """A day that was written down wrong: something done that lies after the day of the check."""
        r = self.r
        entries = [e for s in NAMED_EVENTS[:2] + ["sessions"] for e in self.lists[s] or [] if "date" in e]
        if entries:
            r.choice(entries)["date"] = (AS_OF + DAY * r.randrange(2, 300)).isoformat()

    def sign(self, rule):
        on = self.asked
        roles = as_list(rule.get("signed_by", "prescriber")) if self.r.random() < .8 else ["dermatologist"]
        self.signoffs.append({"rule": rule["id"], "by": f"Dr {self.r.choice(LAST[:8])}", "role": self.r.choice(roles),
                              "on": on.isoformat(),
                              "expires": (on + DAY * self.r.choice([20, 90, 120])).isoformat(), "note": self.r.choice(NOTES).strip()})

    # --- the whole ---

    def profile(self):
        r, w = self.r, self.w
        self.quiet()
        if self.kind != "clear":
            for _ in range(r.choice([1, 1, 2, 3])):
                self.soft()
        if self.kind == "stop":
            self.hard()
        for question, about, calm in w.questions:
            if self.answered or (about & self.said and r.random() < .7):
                self.answers.setdefault(question, calm)
        for _ in range(self.gaps):
            self.gap()
        if self.kind == "findings" and not self.answered and r.random() < .04:
            self.slip()
        if self.kind == "findings" and r.random() < .02:
            self.age = r.randrange(16, 22)
        birth = AS_OF.replace(day=1) - DAY * (self.age * 366 + r.randrange(1, 300))
        client = {"id": f"c-{self.number:07d}", "name": f"{r.choice(FIRST)} {r.choice(LAST)}", "birth_date": birth.isoformat()}
        if r.random() < .6:
            client["language"] = r.choice(["en", "de", "es", "fr"])
        client["fitzpatrick"] = r.choice(self.types)
        asked = self.asked.isoformat()
        if r.random() < .1:
            asked = {s: self.asked.isoformat() for s in SECTIONS + ["life_stage"] + (["answers"] if self.answers else [])}
        out = {"client": client, "asked": asked}
        out["life_stage"] = self.life if "no" not in self.life["pregnant"] or r.random() < .7 else "none"
        for section in SECTIONS:
            if self.lists[section] is not None:
                out[section] = self.lists[section] or "none"
        if self.answers:
            out["answers"] = self.answers
        out["preferences"] = "none"
        if self.signoffs:
            out["signoffs"] = self.signoffs
        out["session"] = self.session()
        return out

    def session(self):
        r, w = self.r, self.w
        most = min(w.limits[a] for a in self.areas)
        if self.kind == "findings" and r.random() < .05:
            most += 50
        depth = max(25, r.choice([most, most, most - 25]))
        out = {"protocol": "microneedling", "date": self.session_day.isoformat()}
        if r.random() < .95:
            out["time"] = f"{r.randrange(8, 19):02d}:{r.choice(['00', '15', '30', '45'])}"
        out["areas"] = self.areas
        out["indication"] = r.choice(w.indications).replace("-", " ")
        out["depth"] = f"{depth / 100:g} mm"
        out["device"] = self.name(r.choice(w.pens)) if r.random() < .9 else self.name(w.pens[0])
        product, minutes = r.choice(w.numbing if self.kind != "clear" and r.random() < .3 else w.quiet_numbing)
        if r.random() < .4:
            out["numbing"] = self.name(product)
            out["numbing_time"] = f"{minutes + r.choice([0, 0, 5, 10])}min"
        else:
            out["numbing"] = "none"
        out["add_ons"] = self.add_on or ("LED" if r.random() < .2 else "none")
        if r.random() < .5:
            out["practitioner"] = f"{r.choice('ABCDEFGH')}. {r.choice(LAST[:12])}"
        return out


# --- writing ---------------------------------------------------------------------------------------------------------

WORDS = {"none", "unknown", "yes", "no", "true", "false", "null", "~", "on", "off", "y", "n", "x"}


def scalar(r, text, key):
    """A value as people write it: quoted where it must be, and now and then for no reason."""
    if key in ("name", "note", "reason", "by", "role", "practitioner", "numbing", "device", "reaction"):
        word = text in ("none", "unknown") and key in ("numbing", "device")
        must = not word and (text[0] in "-?:,[]{}#&*!|>'\"%@`" or text[0].isdigit() or text.casefold() in WORDS or
                             ": " in text or " #" in text or text[-1] in ":," or text.replace(".", "").isdigit())
        if must or (not word and r.random() < .06):
            if "'" in text or r.random() < .5:
                return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
            return f"'{text}'"
    return text


def write_map(r, out, entry, first, rest):
    for i, (key, value) in enumerate(entry.items()):
        lead = first if i == 0 else rest
        if isinstance(value, list):
            out.append(f"{lead}{key}: [{', '.join(value)}]")
        elif key == "note" and ("\n" in value or r.random() < .3):
            # A text of a profile is one line, which a folded block can hold.
            sign = r.choice("|>")
            out.append(f"{lead}{key}: {'>' if chr(10) in value else sign}")
            out += [f"{rest}  {line}" for line in value.split("\n")]
        else:
            tail = "  " + r.choice(COMMENTS) if r.random() < .01 else ""
            out.append(f"{lead}{key}: {scalar(r, value, key)}{tail}")


def to_yaml(profile, seed, number):
    r = random.Random(f"yaml:{seed}:{number}")
    out = [r.choice(COMMENTS)] if r.random() < .1 else []
    for key, value in profile.items():
        if isinstance(value, str):
            out.append(f"{key}: {value}")
        elif isinstance(value, dict):
            if key in ("life_stage", "asked") and len(value) < 4 and r.random() < .3:
                out.append(f"{key}: {{{', '.join(f'{k}: {v}' for k, v in value.items())}}}")
                continue
            out.append(f"{key}:")
            write_map(r, out, value, "  ", "  ")
        else:
            if r.random() < .03:
                out.append(r.choice(COMMENTS))
            out.append(f"{key}:")
            for entry in value:
                if isinstance(entry, str):
                    out.append(f"  - {scalar(r, entry, 'name')}")
                else:
                    write_map(r, out, entry, "  - ", "    ")
    return "\n".join(out) + "\n"


def to_json(profile):
    """As one line, with the text that the lines of a folded block come to."""

    def folded(entry):
        return {**entry, "note": entry["note"].replace("\n", " ")} if isinstance(entry, dict) and "note" in entry else entry
    plain = {k: [folded(e) for e in v] if isinstance(v, list) else v for k, v in profile.items()}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("-n", type=int, default=1000, help="how many")
    words.add_argument("--seed", default="7")
    words.add_argument("-o", required=True, help="the folder to write to")
    words.add_argument("--answered", action="store_true", help="with every answer, and known names only")
    words.add_argument("--no-files", action="store_true", help="only the streams")
    a = words.parse_args()
    world = World()
    os.makedirs(a.o, exist_ok=True)
    name = lambda n: os.path.join(a.o, n)
    size = 0
    with open(name("all.yaml"), "w", encoding="utf-8") as stream, open(name("all.ndjson"), "w", encoding="utf-8") as lines, \
            open(name("list.txt"), "w", encoding="utf-8") as names:
        for number in range(a.n):
            profile = Client(world, a.seed, number, a.answered).profile()
            text = to_yaml(profile, a.seed, number)
            size += len(text.encode())
            stream.write(f"---\n{text}")
            lines.write(to_json(profile) + "\n")
            if a.no_files:
                continue
            folder = os.path.join("files", f"{number // 1000:04d}")
            if number % 1000 == 0:
                os.makedirs(name(folder), exist_ok=True)
            path = os.path.join(folder, profile["client"]["id"] + ".yaml")
            with open(name(path), "w", encoding="utf-8") as file:
                file.write(text)
            names.write(path + "\n")
    print(f"{a.n} profiles, {size} bytes of YAML, {size / max(1, a.n):.0f} each on average")


if __name__ == "__main__":
    main()
