"""Rules against facts. Part of the peer in Python; the semantics are those of lib/needleplan/evaluate and findings."""
import datetime as dt

from facts import (BETWEEN, BROKEN, EVENTS, HIDING, KEPT, KNOWN, NO, SECTIONS, UNKNOWN, USED, USES, YES, Facts, Names, after, day_of,
                   distance_after, distance_before, fold, given, is_open, texts, when, yes_no)

VERDICTS = ("clear", "prepare", "caution", "ask", "consult", "defer", "avoid")
RANK = {v: i for i, v in enumerate(VERDICTS)}
CAUTION, ASK, CONSULT, DEFER = RANK["caution"], RANK["ask"], RANK["consult"], RANK["defer"]
HOLD_BETWEEN, HOLD_BROKEN, CURRENT = 0, 1, 2
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


def prepare(when):
    """A condition with its lists as sets."""
    if "terms" in when:
        return {**when, "terms": [prepare(t) for t in when["terms"]]}
    out = dict(when)
    if "of" in when:
        out["of"] = frozenset(when["of"])
    if when["op"] == "ill":
        wanted = set(when.get("status", ()))
        wanted |= CALM if wanted & CALM else set()
        wanted |= RESTLESS if wanted & RESTLESS else set()
        out["status"] = wanted
    return out


class Truths:
    """The truth of one condition: `of` gives (truth, how strongly what ended still holds)."""

    def __init__(self, facts, names, area=False, wait=None):
        self.f, self.names, self.area, self.wait = facts, names, area, wait
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
            return 2 - self.of(c["terms"][0])[0], CURRENT
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
            if self.area and e.section != "allergies":
                t = min(t, e.in_area)
            part = judge(e, c, t) if t != NO else (NO, CURRENT)
            value = max(value, part[0])
            parts.append(part)
        if any(self.f.standing[s] != KNOWN for s in sections):
            value = max(value, UNKNOWN)
            parts.append((UNKNOWN, CURRENT))
        return self.any_of(parts, value)

    def ill(self, c):
        return self.over(c, ("conditions",), self.judge_status)

    def uses(self, c):
        return self.over(c, USES + EVENTS, self.judge_use)

    def allergy(self, c):
        return self.over(c, ("allergies",), lambda e, c, t: (t, CURRENT))

    def had(self, c):
        return self.over(c, EVENTS, self.judge_had)

    def waited(self, value, t):
        if not given(value) or self.f.day is None:
            return min(t, UNKNOWN), CURRENT
        best, worst = distance_before(when(value), self.wait, self.f.day, self.f.time)
        if best != worst:
            return min(t, UNKNOWN), CURRENT
        if worst == KEPT:
            return NO, CURRENT
        return t, HOLD_BROKEN if worst == BROKEN else HOLD_BETWEEN

    def judge_status(self, e, c, t):
        wanted, status, resolved = c["status"], e.get("status"), e.get("resolved")
        past = status == "past"
        if given(resolved) and not past:
            first, last, _ = when(resolved)
            if last <= self.day:
                past = True
            elif first <= self.day:
                return min(t, UNKNOWN), CURRENT
        if past:
            return self.waited(resolved, t) if self.wait else (min(t, status_matches("past", wanted)), CURRENT)
        if given(status):
            return min(t, status_matches(status, wanted)), CURRENT
        if given(resolved):
            return min(t, status_matches("active", wanted)), CURRENT
        return (min(t, UNKNOWN) if wanted or self.wait else t), CURRENT

    def judge_use(self, e, c, t):
        currency = c.get("status")
        if e.section in EVENTS:
            if currency == "ended":
                return NO, CURRENT
            date = e.get("date")
            if not given(date):
                return min(t, UNKNOWN), CURRENT
            first, last, _ = when(date)
            return NO if first > self.day else min(t, UNKNOWN) if last > self.day else t, CURRENT
        if "prescribed" in c:
            said = yes_no(e.get("prescribed"))
            t = min(t, UNKNOWN if said is None else truth(said == c["prescribed"]))
        if t == NO:
            return NO, CURRENT
        ongoing, last_used = yes_no(e.get("ongoing")), e.get("last_used")
        if ongoing:
            return (NO if currency == "ended" else t), CURRENT
        if ongoing is None and not given(last_used):
            return min(t, UNKNOWN), CURRENT
        later = NO
        if given(last_used):
            first, last, _ = when(last_used)
            if first > self.f.as_of:
                later = YES if first > self.day else UNKNOWN if last > self.day else NO
        if later != NO:
            return min(t, UNKNOWN) if later == UNKNOWN else NO if currency == "ended" else t, CURRENT
        if self.wait and currency != "current":
            return self.waited(last_used, t)
        return (t if currency == "ended" else NO), CURRENT

    def judge_had(self, e, c, t):
        date = e.get("date")
        if not given(date):
            return (t if not self.wait and e.section != "plans" else min(t, UNKNOWN)), CURRENT
        if self.f.day is None:
            return min(t, UNKNOWN), CURRENT
        first, last, _ = when(date)
        if first > self.f.day:
            return NO, CURRENT
        if last > self.f.day:
            return min(t, UNKNOWN), CURRENT
        return self.waited(date, t) if self.wait else (t, CURRENT)

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
        if any(not self.names.up[s].isdisjoint(wanted) for s in names.subjects):
            return YES, CURRENT
        return UNKNOWN if names.unknown else NO, CURRENT

    def treats(self, c):
        return self.named(self.f.areas, c["of"])

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
                rule["when"] = prepare(rule["when"])
            if rule["kind"] == "ban":
                rule["of"] = frozenset(rule["of"])
        self.specific = [r for r in self.rules if r["kind"] == "series" and r["for"]]

    def facts(self, profile):
        return Facts(profile, self.names, self.pack["valid"], self.as_of)

    def judge(self, f):
        """(verdict, [(rule, verdict)] of what was found, rules that wait for an answer)."""
        found, waiting, asks = self.own(f)
        look = set(self.pack["always"])
        for e in f.entries:
            for s in e.subjects:
                look.update(self.pack["by_subject"].get(s, ()))
        for section in SECTIONS:
            if f.standing[section] != KNOWN:
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
        if verdict < CONSULT or verdict > RANK[rule.get("signable", "consult")]:
            return verdict
        for s in f.profile.get("signoffs") or ():
            on = s["on"] if "on" in s else s[True]  # the key `on` is a truth value in YAML 1.1
            if s["rule"] == rule["id"] and day_of(on) <= self.as_of and f.day is not None and \
                    max(f.day, self.as_of) <= day_of(s["expires"]):
                return CAUTION
        return verdict

    # --- kinds of rules: each gives (truth, verdict) for every outcome that holds or may hold ---

    def condition(self, rule, f):
        truths = Truths(f, self.names, rule["area"], rule["wait"])
        value, hold = truths.of(rule["when"])
        if value == NO:
            return []
        verdict = (RANK[rule["verdict"]] if hold == CURRENT else
                   RANK[rule["wait_verdict"]] if hold == HOLD_BROKEN else CAUTION)
        return [(value, verdict)] + ([(UNKNOWN, ASK)] if truths.pending else [])

    def ban(self, rule, f):
        out = []
        for e in f.entries:
            if e.section in ("conditions", "allergies"):
                continue
            named = e.is_a(rule["of"], self.names)
            if named == NO or (rule["area"] and e.in_area == NO):
                continue
            value, verdict, stop = self.use_window(rule, f, e) if e.section in USES else self.event_window(rule, f, e)
            if value == NO:
                continue
            if named == UNKNOWN or (rule["area"] and e.in_area == UNKNOWN):
                value = UNKNOWN
            if stop and e.section in USES:
                said = yes_no(e.get("prescribed"))
                only = not self.names.prescription_only.isdisjoint(e.subjects)
                if said is None and not only:
                    value = UNKNOWN
                elif (said or only) and value == YES:
                    verdict = CONSULT
            out.append((value, verdict))
        if any(f.standing[s] != KNOWN for s in rule["sections"]):
            out.append((UNKNOWN, ASK))
        return out

    def use_window(self, rule, f, e):
        window = rule.get("before")
        if window is None:
            return NO, 0, False
        ongoing, last_used = yes_no(e.get("ongoing")), e.get("last_used")
        if not ongoing and not given(last_used) or f.day is None:
            return UNKNOWN, ASK, False
        w = (f.as_of, f.as_of, None) if ongoing else when(last_used)
        best, worst = distance_before(w, window, f.day, f.time)
        broken = RANK[rule["verdict"]]
        if ongoing:
            return YES, RANK["prepare"] if worst == KEPT else CAUTION if worst == BETWEEN else broken, True
        if worst == KEPT:
            return NO, 0, False
        return (YES if best == worst else UNKNOWN), broken if worst == BROKEN else CAUTION, worst == BROKEN

    def event_window(self, rule, f, e):
        date = e.get("date")
        if not given(date) or f.day is None:
            return UNKNOWN, ASK, False
        w = first, last, time = when(date)
        day = f.day
        before_on_day = after_on_day = True
        if time is not None and f.time is not None:
            before_on_day = time < f.time
            after_on_day = not before_on_day
        covers = first <= day <= last
        value, verdict = NO, 0
        for key, may, measure, part in (
                ("before", first < day or (covers and before_on_day), distance_before, (first, min(last, day), time)),
                ("after", last > day or (covers and after_on_day), distance_after, (max(first, day), last, time))):
            if rule.get(key) is None or not may:
                continue
            best, worst = measure(part, rule[key], day, f.time)
            if worst == KEPT:
                continue
            if best != worst:
                value = UNKNOWN
                continue
            value = max(value, YES) if value != UNKNOWN else UNKNOWN
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
            if e.section != "sessions" or e.in_area == NO:
                continue
            value, verdict = applied, ASK
            date = e.get("date")
            if f.day is None or not given(date):
                value = UNKNOWN
            else:
                best, worst = distance_before(when(date), rule["interval"], f.day, f.time)
                if worst == KEPT:
                    continue
                verdict = DEFER if worst == BROKEN else CAUTION
                value = value if best == worst else UNKNOWN
            out.append((UNKNOWN if e.in_area == UNKNOWN else value, verdict))
        if f.standing["sessions"] != KNOWN:
            out.append((UNKNOWN, ASK))
        return out

    def setting(self, rule, f):
        up = self.names.up
        if any(c in up[s] for c in rule["closer"] for s in f.numbing.subjects):
            return []

        def concerns(wanted, names, within=False):
            if not wanted or any(a in up[b] or (within and b in up[a]) for a in wanted for b in names.subjects):
                return YES
            return UNKNOWN if names.open or names.unknown else NO
        concerned = min(concerns(rule["areas"], f.areas, True), concerns(rule["products"], f.numbing))
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
            found += [("unknown-area", "ask")] * len(e.unknown_areas)
            if e.section == "sessions":
                continue
            if not e.subjects:
                found.append(("unknown-name", "ask"))
            elif e.doubtful:
                found.append(("doubtful-name", "ask"))
            elif len(e.subjects) > 1:
                found.append(("ambiguous-name", "ask"))
            elif not self.belongs(kinds[e.subjects[0]], e.section):
                found.append(("misplaced-name", "ask"))
        found += [("unknown-area", "ask")] * len(f.areas.unknown)
        found += [("wide-area", "ask") for a in f.areas.subjects if a in self.pack["wide_areas"]]
        for names in (f.indication, f.device, f.numbing, f.add_on):
            found += [("unknown-session-fact", "ask")] * len(names.unknown)
        if f.day is None or f.areas.open or f.areas.none:
            asks = True
        protocol = f.session.get("protocol")
        if not given(protocol):
            asks = True
        elif fold(protocol) != fold(self.pack["id"]) and self.pack["id"] not in f.protocol.subjects[:1]:
            found.append(("protocol-not-covered", "avoid"))
        dated = lambda key: given(f.asked.get(key)) and day_of(f.asked[key]) <= self.as_of
        answered = [s for s in SECTIONS if not is_open(f.profile.get(s))]
        stage = f.profile.get("life_stage")
        if any(not is_open(v) for v in (stage.values() if isinstance(stage, dict) else [stage])):
            answered.append("life_stage")
        if not f.asked or not all(dated(s) for s in answered):
            asks = True
        return found, set(), asks

    @staticmethod
    def belongs(kind, section):
        if section == "conditions":
            return kind == "condition"
        if section in USES:
            return kind in USED
        if section == "allergies":
            return kind in USED or kind == "allergen"
        return kind in USED or kind in ("procedure", "exposure")
