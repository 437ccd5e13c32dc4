"""Rules against facts. Part of the peer in Python; the semantics are those of lib/needleplan/evaluate and findings."""
import datetime as dt

from facts import (BETWEEN, BROKEN, EVENTS, KEPT, KNOWN, NAMED_EVENTS, NO, SECTIONS, UNKNOWN, USES, YES, Facts, Names, after, belongs,
                   day_of, distance_after, distance_before, fold, given, is_open, when, yes_no)

VERDICTS = ("clear", "prepare", "caution", "ask", "consult", "defer", "avoid")
RANK = {v: i for i, v in enumerate(VERDICTS)}
PREPARE, CAUTION, ASK, CONSULT, DEFER = (RANK[v] for v in ("prepare", "caution", "ask", "consult", "defer"))
# How strongly something counts: every length is kept; short of the preferred one; still to come and too near, of which
# no source says how far ahead; short of the minimum; not ended, or in need of no length.
NONE, HOLD_BETWEEN, PLANNED, HOLD_BROKEN, CURRENT = range(5)
HOLD_OF = {KEPT: NONE, BETWEEN: HOLD_BETWEEN, BROKEN: HOLD_BROKEN}
CALM, RESTLESS = {"controlled", "stable"}, {"uncontrolled", "unstable"}


def truth(value):
    return YES if value else NO


def within(limits, value):
    return (("over" not in limits or value > limits["over"]) and ("at_least" not in limits or value >= limits["at_least"]) and
            ("under" not in limits or value < limits["under"]) and ("at_most" not in limits or value <= limits["at_most"]))


def years_between(birth, day):
    born, now = dt.date.fromordinal(birth), dt.date.fromordinal(day)
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))


def micrometres(text):
    return round(float(str(text).removesuffix("mm")) * 1000)


def minutes_of(text):
    text = str(text)
    return int(text[:-1]) * 60 if text.endswith("h") else int(text.removesuffix("min"))


def status_matches(status, wanted):
    if not wanted or status in wanted:
        return YES
    if status == "suspected" or (status == "active" and wanted & RESTLESS):
        return UNKNOWN
    return YES if status in RESTLESS and "active" in wanted else NO


def prepare(when, treatment_up):
    """A condition with its lists as sets; the treatment is what an earlier session was."""
    if "terms" in when:
        return {**when, "terms": [prepare(t, treatment_up) for t in when["terms"]]}
    out = dict(when)
    if "of" in when:
        out["of"] = frozenset(when["of"])
    if when["op"] == "ill":
        wanted = set(when.get("status", ()))
        wanted |= CALM if wanted & CALM else set()
        wanted |= RESTLESS if wanted & RESTLESS else set()
        out["status"] = wanted
        out["settled"] = set(when.get("settled", ()))
    if when["op"] == "had":
        out["sessions"] = not treatment_up.isdisjoint(when["of"])
    return out


class Event:
    """Something with one day, against the session: the days that it can have been on before it, and after."""
    __slots__ = ("when", "before", "after")

    def __init__(self, e, f, day):
        self.before = self.after = None
        self.when = (day, day, None) if e.at_session else (f.as_of, f.as_of, None) if e.ongoing else e.date
        if day is None:
            self.when = None
        if self.when is None:
            return
        first, last, time = self.when
        covers, timed = first <= day <= last, time is not None and f.time is not None
        earlier = timed and time < f.time
        if first < day or (covers and (not timed or earlier)):
            self.before = (first, min(last, day), time)
        if last > day or (covers and not earlier):
            self.after = (max(first, day), last, time)

    def holds(self, wait, near, ahead, day, time):
        """How strongly it counts, at best and at worst. `near` stands in for an `ahead` that nobody gave."""
        found = []
        if self.before:
            found.append([HOLD_OF[d] for d in distance_before(self.before, wait, day, time)] if wait else [CURRENT, CURRENT])
        if self.after and (ahead or near):
            distances = distance_after(self.after, ahead or near, day, time)
            found.append([HOLD_OF[d] if ahead else PLANNED if d == BROKEN else NONE for d in distances])
        elif self.after:
            found.append([NONE, NONE])
        best, worst = min((h[0] for h in found), default=NONE), max((h[1] for h in found), default=NONE)
        # On one day nobody knows which came first, and the stricter side counts.
        return (worst, worst) if self.when[0] == self.when[1] else (best, worst)


class Truths:
    """The truth of one condition: `of` gives (truth, how strongly it counts). For a rule what is planned too near counts
    too, but only where that makes the rule hold."""

    def __init__(self, facts, names, scope="anywhere", rule=None):
        self.f, self.names, self.scope = facts, names, scope
        self.wait, self.ahead = (rule["wait"], rule["ahead"]) if rule else (None, None)
        self.of_rule = self.plans = rule is not None
        self.denied = False
        self.pending = False
        self.day = facts.day if facts.day is not None else facts.as_of

    def of(self, c):
        op = c["op"]
        if op == "all":
            parts = [self.of(t) for t in c["terms"]]
            value = min(p[0] for p in parts)
            hold = max((h for t, h in parts if t == value), default=CURRENT)
            return value, min(h for _, h in parts) if value == YES else hold
        if op == "any":
            parts = [self.of(t) for t in c["terms"]]
            return self.any_of(parts, max(p[0] for p in parts))
        if op == "not":
            plans, self.denied = self.plans, not self.denied
            self.plans = self.of_rule and not self.denied
            value = 2 - self.of(c["terms"][0])[0]
            self.plans, self.denied = plans, not self.denied
            return value, CURRENT
        return getattr(self, op)(c)

    def any_of(self, parts, value):
        hold = max((h for t, h in parts if t == value), default=CURRENT)
        if value == YES and hold != CURRENT and any(t == UNKNOWN for t, _ in parts):
            self.pending = True
        return value, hold

    def over(self, c, sections, judge):
        parts, value = [], NO
        for e in self.f.entries:
            if e.section not in sections:
                continue
            t = e.is_a(c["of"], self.names)
            if t == NO:
                continue
            if e.section != "allergies":
                t = min(t, e.is_in(self.scope))
            part = judge(e, c, t) if t != NO else (NO, CURRENT)
            value = max(value, part[0])
            parts.append(part)
        if any(self.open(s, c) for s in sections):
            value = max(value, UNKNOWN)
            parts.append((UNKNOWN, CURRENT))
        return self.any_of(parts, value)

    def open(self, section, c):
        """Whether a section may hold more of a condition's subjects than it lists."""
        if section == "sessions" and not c["sessions"]:
            return False
        return self.f.standing[section] != KNOWN or (section == "plans" and self.f.add_on.open)

    def ill(self, c):
        return self.over(c, ("conditions",), self.judge_status)

    def uses(self, c):
        return self.over(c, USES + NAMED_EVENTS, self.judge_use)

    def allergy(self, c):
        return self.over(c, ("allergies",), lambda e, c, t: (t, CURRENT))

    def had(self, c):
        return self.over(c, EVENTS, self.judge_had)

    def waited(self, value, t):
        if value is None or self.f.day is None:
            return min(t, UNKNOWN), CURRENT
        best, worst = distance_before(value, self.wait, self.f.day, self.f.time)
        if best != worst:
            return min(t, UNKNOWN), CURRENT
        return (NO, CURRENT) if worst == KEPT else (t, HOLD_OF[worst])

    def judge_status(self, e, c, t):
        wanted, past = c["status"], e.status == "past"
        if e.resolved and not past:
            first, last, _ = e.resolved
            if last <= self.day:
                past = True
            elif first <= self.day:
                return min(t, UNKNOWN), CURRENT
        if past:
            return self.waited(e.resolved, t) if self.wait else (min(t, status_matches("past", wanted)), CURRENT)
        if self.wait and e.status in c["settled"]:
            return self.waited(e.since, t)
        if e.status or e.resolved:
            return min(t, status_matches(e.status or "active", wanted)), CURRENT
        return (min(t, UNKNOWN) if wanted or self.wait else t), CURRENT

    def judge_use(self, e, c, t):
        currency = c.get("status")
        if e.section in EVENTS:
            return self.judge_use_on_a_day(e, currency, t)
        if "prescribed" in c:
            t = min(t, UNKNOWN if e.prescribed is None else truth(e.prescribed == c["prescribed"]))
        if t == NO:
            return NO, CURRENT
        if e.ongoing:
            return (NO if currency == "ended" else t), CURRENT
        if e.ongoing is None and e.last_used is None:
            return min(t, UNKNOWN), CURRENT
        later = NO
        if e.last_used:
            first, last, _ = e.last_used
            if first > self.f.as_of:
                later = YES if first > self.day else UNKNOWN if last > self.day else NO
        if later != NO:
            return min(t, UNKNOWN) if later == UNKNOWN else NO if currency == "ended" else t, CURRENT
        if self.wait and currency != "current":
            return self.waited(e.last_used, t)
        return (t if currency == "ended" else NO), CURRENT

    def judge_use_on_a_day(self, e, currency, t):
        """Nothing is said of its end, so it counts from that day on; a plan may still be too near."""
        if e.ongoing and currency != "ended":
            return t, CURRENT
        event = Event(e, self.f, self.day)
        if currency == "ended":
            event.before = None
        near = self.wait if self.plans and currency != "current" else None
        return self.judge_event(event, None, near, t)

    def judge_had(self, e, c, t):
        if e.ongoing:
            return t, CURRENT
        length = self.wait or c.get("within")
        event = Event(e, self.f, self.f.day)
        # Whenever it was, it was.
        if e.date is None and not e.at_session and not length and e.section != "plans":
            return t, CURRENT
        value, hold = self.judge_event(event, length, length if self.plans else None, t)
        return value, CURRENT if hold == HOLD_BROKEN and not self.wait else hold

    def judge_event(self, event, wait, near, t):
        if event.when is None:
            return min(t, UNKNOWN), CURRENT
        best, worst = event.holds(wait, near, self.ahead if self.plans else None, self.day, self.f.time)
        if best != worst:
            return min(t, UNKNOWN), CURRENT
        return (NO, CURRENT) if worst == NONE else (t, worst)

    def answered(self, c):
        said = yes_no((self.f.profile.get("answers") or {}).get(c["id"]))
        return UNKNOWN if said is None or self.f.answers_old else truth(said == c["is"]), CURRENT

    def stage(self, c):
        stage = self.f.profile.get("life_stage")
        key = next(iter(c["of"]))
        value = stage.get(key) if isinstance(stage, dict) else stage
        said = yes_no(value)
        if said is None:
            return UNKNOWN, CURRENT
        return YES if said else UNKNOWN if self.f.life_stage_old else NO, CURRENT

    def age(self, c):
        birth = self.f.profile["client"].get("birth_date")
        if is_open(birth):
            return UNKNOWN, CURRENT
        if birth == "none":
            return NO, CURRENT
        first, last, _ = when(birth)
        youngest, oldest = years_between(last, self.day), years_between(first, self.day)
        holds = {within(c["limits"], y) for y in range(youngest, oldest + 1)}
        return UNKNOWN if len(holds) > 1 else truth(holds.pop()), CURRENT

    def skin(self, c):
        value = self.f.profile["client"].get("fitzpatrick")
        return UNKNOWN if is_open(value) else truth(value in c["of"]), CURRENT

    def depth(self, c):
        value = self.f.session.get("depth")
        if not given(value):
            return UNKNOWN if is_open(value) else NO, CURRENT
        return truth(within(c["limits"], micrometres(value))), CURRENT

    def named(self, names, wanted):
        if names.open:
            return UNKNOWN, CURRENT
        # No subject at all stands for any.
        if any(not wanted or not self.names.up[s].isdisjoint(wanted) for s in names.subjects):
            return YES, CURRENT
        return UNKNOWN if names.unknown else NO, CURRENT

    def treats(self, c):
        areas = self.f.areas
        if areas.open:
            return UNKNOWN, CURRENT
        table = self.names.within if c.get("named") else self.names.overlap
        shared = [self.names.share(area, wanted, table) for area in areas.subjects for wanted in c["of"]]
        return max([UNKNOWN if areas.unknown else NO, *shared]), CURRENT

    def session(self, c):
        return self.named(getattr(self.f, c["fact"]), c["of"])


class Judge:
    """The rules of a pack."""

    def __init__(self, pack, as_of):
        self.pack, self.as_of = pack, as_of
        self.names = Names(pack)
        self.rules = pack["rules"]
        for rule in self.rules:
            if rule["kind"] == "condition":
                rule["when"] = self.prepared(rule["when"])
            if rule["kind"] == "ban":
                rule["of"] = frozenset(rule["of"])
        self.specific = [r for r in self.rules if r["kind"] == "series" and r["for"]]
        self.no_rule = {place: frozenset(subjects) for place, subjects in pack["no_rule"].items()}
        self.questions, self.treatment = frozenset(pack["questions"]), frozenset([pack["id"]])

    def prepared(self, when):
        return prepare(when, self.names.up[self.pack["id"]])

    def facts(self, profile):
        return Facts(profile, self.names, self.pack, self.as_of)

    def judge(self, f):
        """(verdict, [(rule, verdict)] of what was found, rules that wait for an answer)."""
        found, waiting, asks = self.own(f)
        look = set(self.pack["always"])
        for e in f.entries:
            for s in e.subjects:
                look.update(self.pack["by_subject"].get(s, ()))
        for section in SECTIONS:
            if f.standing[section] != KNOWN or (section == "plans" and f.add_on.open):
                look.update(self.pack["by_section"].get(section, ()))
        for at in sorted(look):
            rule = self.rules[at]
            for value, verdict in getattr(self, rule["kind"])(rule, f):
                if value == UNKNOWN:
                    waiting.add(rule["id"])
                else:
                    found.append((rule["id"], VERDICTS[self.signed(rule, f, verdict)]))
        worst = max((RANK[v] for _, v in found), default=0)
        return VERDICTS[max(worst, ASK if waiting or asks else 0)], found, waiting

    def signed(self, rule, f, verdict):
        if verdict < CONSULT or verdict > RANK[rule.get("signable", "clear")]:
            return verdict
        for s in f.profile.get("signoffs") or ():
            on = s["on"] if "on" in s else s[True]  # the key `on` is a truth value in YAML 1.1
            if s["rule"] == rule["id"] and day_of(on) <= self.as_of and f.day is not None and \
                    max(f.day, self.as_of) <= day_of(s["expires"]) and fold(s["role"]) in rule["signers"]:
                return CAUTION
        return verdict

    # --- kinds of rules: each gives (truth, verdict) for every outcome that holds or may hold ---

    def condition(self, rule, f):
        truths = Truths(f, self.names, rule["scope"], rule)
        value, hold = truths.of(rule["when"])
        if value == NO:
            return []
        ended = RANK[rule["wait_verdict"]]
        if hold == PLANNED:
            verdict = min(ended if rule["wait"] else RANK[rule["verdict"]], CONSULT)
        else:
            verdict = RANK[rule["verdict"]] if hold == CURRENT else ended if hold == HOLD_BROKEN else CAUTION
        return [(value, verdict)] + ([(UNKNOWN, ASK)] if truths.pending else [])

    def ban(self, rule, f):
        out = []
        for e in f.entries:
            if e.section in ("conditions", "allergies"):
                continue
            named, placed = e.is_a(rule["of"], self.names), e.is_in(rule["scope"])
            if named == NO or placed == NO:
                continue
            use = e.section in USES
            value, verdict, stop = self.use_window(rule, f, e) if use or e.ongoing else self.event_window(rule, f, e)
            if value == NO:
                continue
            value = min(value, named, placed)
            if stop and use:
                only = not self.names.prescription_only.isdisjoint(e.subjects)
                if e.prescribed is None and not only:
                    value = UNKNOWN
                elif (e.prescribed or only) and value == YES:
                    verdict = CONSULT
            out.append((value, verdict))
        if any(f.standing[s] != KNOWN or (s == "plans" and f.add_on.open) for s in rule["sections"]):
            out.append((UNKNOWN, ASK))
        return out

    def use_window(self, rule, f, e):
        window = rule.get("before")
        if window is None:
            return NO, 0, False
        if not e.ongoing and e.last_used is None or f.day is None:
            return UNKNOWN, ASK, False
        w = (f.as_of, f.as_of, None) if e.ongoing else e.last_used
        best, worst = distance_before(w, window, f.day, f.time)
        broken = RANK[rule["verdict"]]
        if e.ongoing:
            return YES, PREPARE if worst == KEPT else CAUTION if worst == BETWEEN else broken, True
        if worst == KEPT:
            return NO, 0, False
        return (YES if best == worst else UNKNOWN), broken if worst == BROKEN else CAUTION, worst == BROKEN

    def event_window(self, rule, f, e):
        event = Event(e, f, f.day)
        if event.when is None:
            return UNKNOWN, ASK, False
        value, verdict = NO, 0
        for key, part, measure in (("before", event.before, distance_before), ("after", event.after, distance_after)):
            if rule.get(key) is None or not part:
                continue
            best, worst = measure(part, rule[key], f.day, f.time)
            if worst == KEPT:
                continue
            if best != worst:
                value = UNKNOWN
                continue
            value = YES if value != UNKNOWN else UNKNOWN
            verdict = max(verdict, RANK[rule["verdict"]] if worst == BROKEN else CAUTION)
        return value, verdict, False

    def applies(self, rule, f):
        i = f.indication
        if i.open or i.unknown:
            return UNKNOWN
        named = lambda r: any(not self.names.up[s].isdisjoint(r["for"]) for s in i.subjects)
        if rule["for"]:
            return truth(named(rule))
        return NO if any(named(r) for r in self.specific) else YES

    def series(self, rule, f):
        applied = self.applies(rule, f)
        if applied == NO:
            return []
        out = []
        for e in f.entries:
            if e.section not in EVENTS or e.in_area == NO:
                continue
            named = e.is_a(self.treatment, self.names)
            if named == NO:
                continue
            value, verdict = min(applied, named, e.in_area), ASK
            event = Event(e, f, f.day)
            if event.when is None:
                value = UNKNOWN
            else:
                best, worst = event.holds(rule["interval"], None, rule["interval"], f.day, f.time)
                if worst == NONE:
                    continue
                verdict = DEFER if worst == HOLD_BROKEN else CAUTION
                value = value if best == worst else UNKNOWN
            out.append((value, verdict))
        if any(f.standing[s] != KNOWN for s in EVENTS):
            out.append((UNKNOWN, ASK))
        return out

    def setting(self, rule, f):
        names = self.names
        if any(c in names.up[s] for c in rule["closer"] for s in f.numbing.subjects):
            return []

        def concerns(wanted, of, test):
            if not wanted:
                return YES
            least = UNKNOWN if of.open or of.unknown else NO
            return max([least, *(test(a, b) for a in wanted for b in of.subjects)])
        below = lambda a, b: truth(a in names.up[b])
        concerned = min(concerns(rule["areas"], f.areas, lambda a, b: names.share(a, b, names.overlap)),
                        concerns(rule["indications"], f.indication, below), concerns(rule["products"], f.numbing, below))
        if concerned == NO:
            return []
        value = f.session.get("depth" if rule["deepest"] else "numbing_time")
        if not given(value):
            outside = UNKNOWN if is_open(value) else NO
        elif rule["deepest"]:
            outside = truth(micrometres(value) > rule["deepest"])
        else:
            time = minutes_of(value)
            outside = truth((rule["least"] and time < rule["least"]) or (rule["most"] and time > rule["most"]))
        value = min(concerned, outside)
        return [(value, CAUTION)] if value != NO else []

    # --- what is wrong with the profile itself ---

    def own(self, f):
        found, asks = [], False
        kinds = self.names.kinds
        for e in f.entries:
            if e.at_session:
                continue
            found += [("unknown-area", "ask")] * len(e.unknown_areas) + [("contradiction", "ask")] * e.contradictions
            if e.section == "sessions":
                continue
            if not e.subjects:
                found.append(("unknown-name", "ask"))
            elif e.doubtful:
                found.append(("doubtful-name", "ask"))
            elif len(e.subjects) > 1:
                found.append(("ambiguous-name", "ask"))
            elif not belongs(kinds[e.subjects[0]], e.section):
                found.append(("misplaced-name", "ask"))
            elif e.subjects[0] in self.no_rule[e.section]:
                found.append(("no-rule", "consult"))
        found += [("unknown-area", "ask")] * len(f.areas.unknown)
        found += [("wide-area", "ask") for a in f.areas.subjects if a in self.pack["wide_areas"]]
        for place, names in (("indication", f.indication), ("device", f.device), ("numbing", f.numbing), ("add_ons", f.add_on)):
            found += [("unknown-session-fact", "ask")] * len(names.unknown)
            found += [("no-rule", "consult") for s in names.subjects if s in self.no_rule[place]]
        found += self.implied(f)
        found += [("unknown-answer", "ask") for answer in f.profile.get("answers") or () if answer not in self.questions]
        wishes = f.profile.get("preferences")
        found += [("unknown-preference", "ask") for _ in (wishes if given(wishes) else ())]
        if f.day is None or f.areas.open or f.areas.none:
            asks = True
        elif f.day < self.as_of:
            found.append(("session-past", "ask"))
        birth = f.profile["client"].get("birth_date")
        if given(birth) and when(birth)[0] > self.as_of:
            found.append(("contradiction", "ask"))
        protocol = f.session.get("protocol")
        if not given(protocol):
            asks = True
        elif fold(protocol) != fold(self.pack["id"]) and self.pack["id"] not in f.protocol.subjects[:1]:
            found.append(("protocol-not-covered", "avoid"))
        answered = [s for s in SECTIONS if not is_open(f.profile.get(s))]
        stage, answers = f.profile.get("life_stage"), f.profile.get("answers")
        if any(not is_open(v) for v in (stage.values() if isinstance(stage, dict) else [stage])):
            answered.append("life_stage")
        dated = lambda key: given(f.asked.get(key)) and day_of(f.asked[key]) <= self.as_of
        said = answered + (["answers"] if any(not is_open(v) for v in (answers or {}).values()) else [])
        if not f.asked or not all(dated(s) for s in said):
            asks = True
        if f.day is not None and self.must_ask_again(f, answered + (["answers"] if answers else [])):
            found.append(("ask-again", "prepare"))
        return found, set(), asks

    def must_ask_again(self, f, answered):
        """Whether answers hold today and are too old on the session's day."""
        valid = self.pack["valid"]
        for key in answered:
            asked = f.asked.get(key)
            if given(asked) and day_of(asked) <= self.as_of and \
                    self.as_of <= after(day_of(asked), valid["life_stage" if key == "life_stage" else "answers"]) < f.day:
                return True
        return False

    def implied(self, f):
        """A finding for each medicine that is taken for illnesses of which none is listed."""
        if f.standing["conditions"] != KNOWN:
            return []
        long_ago = lambda e: not e.ongoing and e.last_used and after(e.last_used[1], self.pack["valid"]["answers"]) < self.as_of
        listed = lambda illness: any(e.section == "conditions" and e.is_a((illness,), self.names) == YES for e in f.entries)
        return [("implied-illness", "ask") for e in f.entries
                if e.section in USES and len(e.subjects) == 1 and not long_ago(e)
                for wider in self.names.up[e.subjects[0]]
                if wider in self.pack["implies"] and not any(map(listed, self.pack["implies"][wider]))]
