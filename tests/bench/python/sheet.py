"""The aftercare sheet of a client. Part of the peer in Python; the words are those of lib/needleplan/plan."""
import datetime as dt
import os

import jinja2

from facts import NO, after, given, minutes, on_clock
from judge import RANK, Truths

HERE = os.path.dirname(os.path.abspath(__file__))
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNITS = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}
FEW = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks", "mo": "months", "y": "years"}
FOR_GOOD = 100000


class End:
    """One end of a window for one session: its day (counted from the session), its minute, and its words."""
    __slots__ = ("day", "moment", "words", "begins", "minimum", "event", "farthest")


class Days:
    """Words for the days around one session."""

    def __init__(self, day, time):
        self.day, self.time = day, time
        self.year = dt.date.fromordinal(day).year

    def date(self, day):
        d = dt.date.fromordinal(day)
        text = f"{WEEKDAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]}"
        return text if d.year == self.year else f"{text} {d.year}"

    def moment(self, at):
        return f"{self.date(at // 1440)}, {at // 60 % 24:02d}:{at % 60:02d}"

    def span(self, span):
        if on_clock(span):
            if self.time is not None:
                return self.moment(self.day * 1440 + self.time + minutes(span))
            return f"{span[0]} {UNITS[span[1]]}{'' if span[0] == 1 else 's'} after the session"
        return self.date(after(self.day, span))

    def count(self, span):
        if on_clock(span):
            return ((self.time or 0) + minutes(span)) // 1440
        return after(self.day, span) - self.day

    def usual(self, usual):
        if not usual:
            return ""
        last = self.span(usual[1])
        return f" (usually by {last})" if usual[0] == usual[1] else f" (usually {self.span(usual[0])} to {last})"

    def end(self, bound):
        out = End()
        kind = bound["kind"]
        out.day, out.moment, out.words, out.begins, out.minimum, out.farthest = None, False, "", "", "", None
        out.event = kind != "clock"
        if kind in ("clock", "later_of", "earlier_of"):
            least, most = bound["span"]
            out.day, out.words = self.count(most), self.span(most)
            out.moment = on_clock(most) and self.time is not None and kind == "clock"
            if on_clock(most) and self.time is None and kind == "clock":
                out.farthest = -(-minutes(most) // 1440)
            if least != most:
                out.minimum = self.span(least)
        if kind == "event":
            out.words = bound["event"] + self.usual(bound["usual"])
            if bound["usual"]:
                out.day = self.count(bound["usual"][1])
            if bound["moment"]:
                out.day = 0
        elif kind in ("later_of", "earlier_of"):
            later = kind == "later_of"
            out.words += f" {'and' if later else 'or'} {bound['event']}{self.usual(bound['usual'])}, whichever is {'later' if later else 'earlier'}"
            if bound["usual"] and later:
                out.day = max(out.day, self.count(bound["usual"][1]))
        elif kind == "vague":
            out.words = f"a few {FEW[bound['span'][0][1]]} have passed"
        if out.words:
            out.begins = ("once " if kind == "event" and not bound["moment"] else "from ") + out.words
        return out


class Item:
    __slots__ = ("mark", "text", "why", "origin", "until", "label", "again")

    def __init__(self, mark, text, why="", origin="", until="", label="", again=False):
        self.mark, self.text, self.why, self.origin, self.until, self.label = mark, text, why, origin, until, label
        self.again = again


def begins(end):
    return end.begins + (f", at the earliest {end.minimum}" if end.minimum else "")


def again(end, repeated=False):
    if not end.words:
        return ""
    return f"until {end.words}" if end.event else "again " + (end.begins if repeated else begins(end))


def joined(items):
    """What is only repeated is drawn shortly: what ends together on one line."""
    out, lines = [], {}
    for item in items:
        if item.again:
            text = f"{item.text} [{item.origin}]" if item.origin else item.text
            key = item.mark, item.until
            if key in lines:
                lines[key].text += (" " if item.mark == "NORMAL" else "; ") + text
                continue
            item = lines[key] = Item(item.mark, text, item.why, "", item.until)
        out.append(item)
    return out


class Sheets:
    """Writes the sheets of one pack."""

    def __init__(self, pack, judge, as_of, days):
        self.pack, self.judge, self.as_of, self.days = pack, judge, as_of, days
        self.parts = pack["sheet"]
        for part in self.parts.values():
            for s in part:
                if s.get("when"):
                    s["when"] = judge.prepared(s["when"])
        env = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), trim_blocks=True, lstrip_blocks=True,
                                 keep_trailing_newline=True, autoescape=False)
        self.page = env.get_template("sheet.j2")

    def holds(self, s, f):
        if not s.get("when"):
            return True
        return Truths(f, self.judge.names, s["scope"]).of(s["when"])[0] != NO

    def write(self, f, verdict):
        days = Days(f.day, f.time)
        window = lambda s: (s, days.end(s["from"]) if "from" in s else None, days.end(s["to"]) if "to" in s else None)
        of = {part: [window(s) for s in self.parts[part] if self.holds(s, f)] for part in ("do", "bans", "normal", "calls")}
        sections = [self.one_day(day, days, of) for day in range(self.days)]
        sections.append(("Later on", self.later(of) + self.courses(f, days)))
        for call, title, mark in (("watch", "Not normal; tell the clinic about it", "WATCH"),
                                  ("clinic", "Call the clinic the same day if you see", "CALL"),
                                  ("urgent", "Get urgent help now if you see", "URGENT")):
            items = [Item(mark, s["text"], s["why"], s["origin"], "" if self.at_once(s) else start.begins)
                     for s, start, _ in of["calls"] if s["call"] == call]
            if items:
                sections.append((title, items))
        client = f.profile["client"]
        name = client.get("name")
        session = dt.date.fromordinal(f.day)
        clock = f", {f.time // 60:02d}:{f.time % 60:02d}" if f.time is not None else ""
        return self.page.render(
            client=f"{client['id']} {name}" if given(name) else client["id"], title=self.pack["title"],
            day=f"{session:%A} {session.day} {session:%B} {session.year}{clock}", verdict=verdict,
            headline=None if RANK[verdict] < RANK["ask"] else self.pack["headlines"][verdict],
            sections=[(title, joined(items)) for title, items in sections if items],
            as_of=dt.date.fromordinal(self.as_of).isoformat(), protocol=self.pack["id"], version=self.pack["version"])

    @staticmethod
    def at_once(s):
        begin = s["from"]
        return begin["kind"] == "open" or (begin["kind"] == "clock" and begin["span"][0][0] == 0)

    def one_day(self, day, days, of):
        first, bans, allowed, normal = [], [], [], []
        for s, start, end in of["do"]:
            begin = max(start.day or 0, 0)
            last = FOR_GOOD if end.day is None else end.day
            if day < begin or day > last or (s["once"] and day != begin):
                continue
            if day != begin:
                first.append(Item(s["mark"], s["text"], "", s["origin"]))
                continue
            until = ""
            bound = s["from"]
            at_session = bound["kind"] == "open" or (bound["kind"] == "clock" and bound["span"][1][0] == 0)
            if not at_session and not bound["before"] and start.words and (start.event or start.moment or start.farthest is not None):
                until = begins(start)
            if (end.event or end.moment or end.farthest is not None or last > begin) and end.words:
                until += f"{', ' if until else ''}until {end.words}"
            first.append(Item(s["mark"], s["text"], s["why"], s["origin"], until))
        for s, _, end in of["bans"]:
            bound = s["to"]
            moment = bound["kind"] == "event" and bound["moment"]
            last = (FOR_GOOD if end.day is None else end.day) + (1 if moment else 0)
            if end.event and last <= 0:
                last = 1
            if end.farthest is not None:
                last = end.farthest
            if day > last:
                continue
            within_day = end.moment or end.farthest is not None
            over = day > last if within_day or end.day is None else day >= last
            item = Item("NO", s["text"], s["why"], s["origin"], again(end)) if day == 0 else \
                Item("STILL NO", s["short"], "", s["origin"], again(end, True), again=True)
            if over:
                item.mark, item.until, item.again = "OK AGAIN", "", True
                if end.event and not moment:
                    item.text += ", but only once " + end.words
                    item.again = False
                allowed.append(item)
            else:
                bans.append((last * 2 + (1 if within_day else 0), item))
        for s, start, end in of["normal"]:
            begin = start.day or 0
            if day < begin or day > (FOR_GOOD if end.day is None else end.day):
                continue
            until = ""
            if end.words:
                until = f"until {end.words}" if end.event else \
                    f"should be over between {end.minimum} and {end.words}" if end.minimum and day == begin else \
                    f"should be over by {end.words}"
            normal.append(Item("NORMAL", s["text"], s["why"] if day == begin else "", s["origin"], until, again=day != begin))
        bans.sort(key=lambda ban: ban[0])
        title = "Day 0, the day of your session" if day == 0 else f"Day {day}"
        return f"{title}: {days.date(days.day + day)}", first + [item for _, item in bans] + allowed + normal

    def later(self, of):
        items = []
        for s, _, end in of["bans"]:
            last = end.day if end.farthest is None else end.farthest
            if last is not None and last >= self.days:
                items.append((last, Item("STILL NO", s["label"], "", s["origin"], again(end, True), again=True)))
        for part in ("do", "normal"):
            for s, start, _ in of[part]:
                if (start.day or 0) >= self.days:
                    items.append((start.day, Item(s.get("mark", "NORMAL"), s["text"], s["why"], s["origin"], start.begins)))
        items.sort(key=lambda item: item[0])
        return [item for _, item in items]

    def courses(self, f, days):
        return [Item("", s["text"], s["why"], s.get("origin", ""), begins(days.end(s["from"])), "next session:")
                for s in self.parts["series"] if self.judge.applies(s, f) != NO]
