// The aftercare sheet of a client. Part of the peers in JavaScript; the words are those of lib/needleplan/plan.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { after, given, minutes, NO, onClock } from './facts.mjs';
import { RANK, Truths } from './judge.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const UNITS = { min: 'minute', h: 'hour', d: 'day', w: 'week', mo: 'month', y: 'year' };
const FOR_GOOD = 100000, MS = 86400000;
const two = n => n < 10 ? `0${n}` : `${n}`;
const clock = time => `${two(Math.floor(time / 60))}:${two(time % 60)}`;

/** Words for the days around one session. */
class Days {
  constructor(day, time) {
    this.day = day;
    this.time = time;
    this.year = new Date(day * MS).getUTCFullYear();
  }
  date(day) {
    const d = new Date(day * MS), year = d.getUTCFullYear();
    const text = `${WEEKDAYS[d.getUTCDay()].slice(0, 3)} ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()].slice(0, 3)}`;
    return year === this.year ? text : `${text} ${year}`;
  }
  span(span) {
    if (!onClock(span)) return this.date(after(this.day, span));
    if (this.time === null) return `${span[0]} ${UNITS[span[1]]}${span[0] === 1 ? '' : 's'} after the session`;
    const at = this.day * 1440 + this.time + minutes(span);
    return `${this.date(Math.floor(at / 1440))}, ${clock(at % 1440)}`;
  }
  count(span) {
    return onClock(span) ? Math.floor(((this.time ?? 0) + minutes(span)) / 1440) : after(this.day, span) - this.day;
  }
  usual(usual) {
    if (!usual) return '';
    const same = usual[0][0] === usual[1][0] && usual[0][1] === usual[1][1];
    return same ? ` (usually by ${this.span(usual[1])})` : ` (usually ${this.span(usual[0])} to ${this.span(usual[1])})`;
  }
  /** One end of a window for this session: its day, whether it is a minute, and its words. */
  end(bound) {
    const kind = bound.kind, out = { day: null, moment: false, words: '', begins: '', minimum: '', farthest: null, event: kind !== 'clock' };
    if (kind === 'clock' || kind === 'later_of' || kind === 'earlier_of') {
      const [least, most] = bound.span;
      out.day = this.count(most);
      out.words = this.span(most);
      out.moment = onClock(most) && this.time !== null && kind === 'clock';
      if (onClock(most) && this.time === null && kind === 'clock') out.farthest = Math.ceil(minutes(most) / 1440);
      if (least[0] !== most[0] || least[1] !== most[1]) out.minimum = this.span(least);
    }
    if (kind === 'event') {
      out.words = bound.event + this.usual(bound.usual);
      if (bound.usual) out.day = this.count(bound.usual[1]);
      if (bound.moment) out.day = 0;
    } else if (kind === 'later_of' || kind === 'earlier_of') {
      const later = kind === 'later_of';
      out.words += ` ${later ? 'and' : 'or'} ${bound.event}${this.usual(bound.usual)}, whichever is ${later ? 'later' : 'earlier'}`;
      if (bound.usual && later) out.day = Math.max(out.day, this.count(bound.usual[1]));
    } else if (kind === 'vague') {
      out.words = `a few ${UNITS[bound.span[0][1]]}s have passed`;
    }
    if (out.words) out.begins = (kind === 'event' && !bound.moment ? 'once ' : 'from ') + out.words;
    return out;
  }
}

const begins = end => end.minimum ? `${end.begins}, at the earliest ${end.minimum}` : end.begins;
const again = (end, repeated = false) =>
  !end.words ? '' : end.event ? `until ${end.words}` : `again ${repeated ? end.begins : begins(end)}`;
const item = (mark, text, why = '', origin = '', until = '', column = mark.padEnd(9)) =>
  ({ mark, text, why, origin, until, column, again: false });
const repeats = (mark, text, origin, until) => ({ ...item(mark, text, '', origin, until), again: true });

/** What is only repeated is drawn shortly: what ends together on one line. */
function joined(items) {
  const out = [], lines = new Map();
  for (const one of items) {
    if (!one.again) { out.push(one); continue; }
    const text = one.origin ? `${one.text} [${one.origin}]` : one.text, key = `${one.mark} ${one.until}`, line = lines.get(key);
    if (line) { line.text += (one.mark === 'NORMAL' ? ' ' : '; ') + text; continue; }
    const first = item(one.mark, text, one.why, '', one.until);
    lines.set(key, first);
    out.push(first);
  }
  return out;
}

/** Writes the sheets of one pack. */
export class Sheets {
  constructor(pack, judge, asOf, days, render) {
    this.pack = pack; this.judge = judge; this.days = days; this.render = render;
    this.asOf = new Date(asOf * MS).toISOString().slice(0, 10);
    this.parts = pack.sheet;
    for (const part of Object.values(this.parts)) for (const s of part) if (s.when) s.when = judge.prepared(s.when);
  }
  holds(s, f) { return !s.when || new Truths(f, this.judge.names, s.scope).of(s.when)[0] !== NO; }
  write(f, verdict) {
    const days = new Days(f.day, f.time), of = {};
    for (const part of ['do', 'bans', 'normal', 'calls'])
      of[part] = this.parts[part].filter(s => this.holds(s, f))
        .map(s => ({ s, start: s.from && days.end(s.from), end: s.to && days.end(s.to) }));
    const sections = [];
    for (let day = 0; day < this.days; day++) sections.push(this.oneDay(day, days, of));
    sections.push({ title: 'Later on', items: [...this.later(of), ...this.courses(f, days)] });
    for (const [call, title, mark] of [['watch', 'Not normal; tell the clinic about it', 'WATCH'],
      ['clinic', 'Call the clinic the same day if you see', 'CALL'], ['urgent', 'Get urgent help now if you see', 'URGENT']])
      sections.push({ title, items: of.calls.filter(c => c.s.call === call)
        .map(({ s, start }) => item(mark, s.text, s.why, s.origin, atOnce(s) ? '' : start.begins)) });
    const client = f.profile.client, d = new Date(f.day * MS);
    return this.render({
      client: given(client.name) ? `${client.id} ${client.name}` : client.id, title: this.pack.title,
      day: `${WEEKDAYS[d.getUTCDay()]} ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}` +
        (f.time === null ? '' : `, ${clock(f.time)}`),
      verdict, headline: RANK[verdict] < RANK.ask ? null : this.pack.headlines[verdict],
      sections: sections.filter(s => s.items.length).map(s => ({ title: s.title, items: joined(s.items) })),
      as_of: this.asOf, protocol: this.pack.id, version: this.pack.version,
    });
  }
  oneDay(day, days, of) {
    const first = [], bans = [], allowed = [], normal = [];
    for (const { s, start, end } of of.do) {
      const begin = Math.max(start.day ?? 0, 0), last = end.day ?? FOR_GOOD;
      if (day < begin || day > last || (s.once && day !== begin)) continue;
      if (day !== begin) { first.push(item(s.mark, s.text, '', s.origin)); continue; }
      const bound = s.from, atSession = bound.kind === 'open' || (bound.kind === 'clock' && bound.span[1][0] === 0);
      let until = !atSession && !bound.before && start.words && (start.event || start.moment || start.farthest !== null) ? begins(start) : '';
      if ((end.event || end.moment || end.farthest !== null || last > begin) && end.words) until += `${until ? ', ' : ''}until ${end.words}`;
      first.push(item(s.mark, s.text, s.why, s.origin, until));
    }
    for (const { s, end } of of.bans) {
      const moment = s.to.kind === 'event' && s.to.moment;
      let last = (end.day ?? FOR_GOOD) + (moment ? 1 : 0);
      if (end.event && last <= 0) last = 1;
      if (end.farthest !== null) last = end.farthest;
      if (day > last) continue;
      const withinDay = end.moment || end.farthest !== null;
      const over = withinDay || end.day === null ? day > last : day >= last;
      const one = day === 0 ? item('NO', s.text, s.why, s.origin, again(end)) : repeats('STILL NO', s.short, s.origin, again(end, true));
      if (!over) { bans.push({ last: last * 2 + (withinDay ? 1 : 0), one }); continue; }
      one.mark = 'OK AGAIN';
      one.again = true;
      one.until = '';
      if (end.event && !moment) {
        one.text += `, but only once ${end.words}`;
        one.again = false;
      }
      allowed.push(one);
    }
    for (const { s, start, end } of of.normal) {
      const begin = start.day ?? 0;
      if (day < begin || day > (end.day ?? FOR_GOOD)) continue;
      const until = !end.words ? '' : end.event ? `until ${end.words}` :
        end.minimum && day === begin ? `should be over between ${end.minimum} and ${end.words}` : `should be over by ${end.words}`;
      normal.push(day === begin ? item('NORMAL', s.text, s.why, s.origin, until) : repeats('NORMAL', s.text, s.origin, until));
    }
    bans.sort((a, b) => a.last - b.last);
    const title = day === 0 ? 'Day 0, the day of your session' : `Day ${day}`;
    return { title: `${title}: ${days.date(days.day + day)}`, items: [...first, ...bans.map(b => b.one), ...allowed, ...normal] };
  }
  later(of) {
    const items = [];
    for (const { s, end } of of.bans) {
      const last = end.farthest ?? end.day;
      if (last !== null && last >= this.days) items.push([last, repeats('STILL NO', s.label, s.origin, again(end, true))]);
    }
    for (const part of ['do', 'normal'])
      for (const { s, start } of of[part])
        if ((start.day ?? 0) >= this.days) items.push([start.day, item(s.mark ?? 'NORMAL', s.text, s.why, s.origin, start.begins)]);
    return items.sort((a, b) => a[0] - b[0]).map(i => i[1]);
  }
  courses(f, days) {
    return this.parts.series.filter(s => this.judge.applies(s, f) !== NO)
      .map(s => item('', s.text, s.why, '', begins(days.end(s.from)), 'next session:  '));
  }
}
const atOnce = s => s.from.kind === 'open' || (s.from.kind === 'clock' && s.from.span[0][0] === 0);

/** A function from a sheet's values to its text, by the template engine of that name. */
export async function renderer(engine) {
  if (engine === 'handlebars') {
    const { default: handlebars } = await import('handlebars');
    return handlebars.compile(fs.readFileSync(path.join(HERE, 'sheet.hbs'), 'utf8'), { noEscape: true, knownHelpersOnly: true });
  }
  const { default: nunjucks } = await import('nunjucks');
  const env = new nunjucks.Environment(null, { autoescape: false, trimBlocks: true, lstripBlocks: true });
  const template = nunjucks.compile(fs.readFileSync(path.join(HERE, 'sheet.njk'), 'utf8'), env);
  return values => template.render(values);
}
