// A profile's names, dates and answers, made ready for the rules. Part of the peers in JavaScript.
export const NO = 0, UNKNOWN = 1, YES = 2;
export const KNOWN = 0, NOT_ASKED = 1, NOT_KNOWN = 2, TOO_OLD = 3;
export const KEPT = 0, BETWEEN = 1, BROKEN = 2;
export const SECTIONS = ['conditions', 'medicines', 'products', 'supplements', 'allergies', 'procedures', 'sessions', 'exposures', 'plans'];
export const USES = new Set(['medicines', 'products', 'supplements']);
const NAMED_EVENTS = new Set(['procedures', 'exposures', 'plans']);
export const EVENTS = new Set([...NAMED_EVENTS, 'sessions']);
export const USES_AND_EVENTS = new Set([...USES, ...NAMED_EVENTS]);
export const USED = new Set(['class', 'ingredient', 'product']);
export const HIDING = new Set(['condition', 'allergen', 'procedure', 'exposure']);
const UNITS = new Set(['%', 'mg', 'g', 'gr', 'mcg', 'ug', 'μg', 'ml', 'iu', 'ui', 'ie', 'mm', 'cl', 'units', 'unit', 'einheiten']);
const RATES = new Set(['day', 'daily', 'd', 'dia', 'tag', 'jour', 'week', 'ml', 'g']);
const NUMBER = /^\d(?:[\d.]*\d)?$/, AMOUNT = /^(\d(?:[\d.]*\d)?)(\D.*)$/;

// --- dates: days since 1970, times in minutes of the day ---

const MS = 86400000;
export const dayNumber = (y, m, d) => Date.UTC(y, m, d) / MS;
export const dayOf = text => dayNumber(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10));
export const timeOf = text => +text.slice(0, 2) * 60 + +text.slice(3);
const whens = new Map();
/** {first, last, time} of a date as it is written; time is null where there is none. */
export function when(value) {
  let found = whens.get(value);
  if (found === undefined) whens.set(value, found = parseWhen(String(value)));
  return found;
}
function parseWhen(text) {
  const rough = text.startsWith('about ');
  if (rough) text = text.slice(6);
  let time = null;
  if (text.length === 16) { time = timeOf(text.slice(11)); text = text.slice(0, 10); }
  if (text.length === 10) {
    const day = dayOf(text);
    return rough ? { first: day - 7, last: day + 7, time: null } : { first: day, last: day, time };
  }
  const year = +text.slice(0, 4);
  if (text.length === 7) {
    const month = +text.slice(5) - 1;
    return { first: dayNumber(year, month - rough, 1), last: dayNumber(year, month + 1 + rough, 1) - 1, time: null };
  }
  return { first: dayNumber(year - rough, 0, 1), last: dayNumber(year + 1 + rough, 0, 1) - 1, time: null };
}
export const onClock = span => span[1] === 'h' || span[1] === 'min';
export const minutes = span => span[1] === 'h' ? span[0] * 60 : span[0];
export function after(day, [count, unit]) {
  if (unit === 'd') return day + count;
  if (unit === 'w') return day + 7 * count;
  if (unit === 'h') return day + Math.ceil(count / 24);
  if (unit === 'min') return day + Math.ceil(count / 1440);
  const date = new Date(day * MS), months = unit === 'y' ? 12 * count : count;
  const y = date.getUTCFullYear(), m = date.getUTCMonth() + months;
  return Math.min(dayNumber(y, m, date.getUTCDate()), dayNumber(y, m + 1, 0));
}
function distance(keeps, window) {
  return !keeps(window[0]) ? BROKEN : keeps(window[1]) ? KEPT : BETWEEN;
}
/** How a session keeps a window after something: [best, worst] over the days it can have been. */
export function distanceBefore(w, window, day, time) {
  const at = d => distance(span => {
    if (!onClock(span)) return day >= after(d, span);
    const latest = w.time !== null ? d * 1440 + w.time : (d + 1) * 1440;
    return day * 1440 + (time ?? 0) >= latest + minutes(span);
  }, window);
  const worst = at(w.last);
  return [w.first === w.last ? worst : at(w.first), worst];
}
export function distanceAfter(w, window, day, time) {
  const at = d => distance(span => {
    if (!onClock(span)) return d >= after(day, span);
    const latest = time !== null ? day * 1440 + time : (day + 1) * 1440;
    return d * 1440 + (w.time ?? 0) >= latest + minutes(span);
  }, window);
  const worst = at(w.first);
  return [w.first === w.last ? worst : at(w.last), worst];
}

// --- names ---

const isDigit = c => c >= '0' && c <= '9';
/** Case, marks and punctuation folded away, as the catalog looks names up. */
export function fold(name) {
  if (/[^\x00-\x7f]/.test(name))
    name = name.replace(/[®©™’‘]/g, '').normalize('NFKD').toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ')
      .normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
  let out = '', gap = false;
  for (let i = 0; i < name.length; i++) {
    let c = name[i];
    if (c >= 'A' && c <= 'Z') c = c.toLowerCase();
    if (isDigit(c) || (c >= 'a' && c <= 'z') || c >= '\x80') {
      if (gap && out) out += ' ';
      gap = false;
      out += c;
    } else if (c === '\'') {
      continue;
    } else if (c === '%') {
      out += out ? ' %' : '%';
      gap = true;
    } else if ((c === '.' || c === ',') && i > 0 && i + 1 < name.length && isDigit(name[i - 1]) && isDigit(name[i + 1])) {
      out += '.';
    } else {
      gap = true;
    }
  }
  return out;
}
export const doubted = name => name.includes('?') || name.includes('¿') || name.includes('？');
export const given = value => value !== undefined && value !== null && value !== 'none' && value !== 'unknown';
export const isOpen = value => value === undefined || value === null || value === 'unknown';
const WORDS = { yes: true, no: false, true: true, false: false, none: false };
/** true, false, or undefined where it was not asked or is not known. */
export const yesNo = value => typeof value === 'boolean' ? value : WORDS[value];
export const texts = value => !given(value) ? [] : Array.isArray(value) ? value : [value];

export class Names {
  constructor(pack) {
    this.names = new Map(Object.entries(pack.names));
    this.kinds = pack.kinds;
    this.ambiguous = pack.ambiguous;
    this.forms = new Map(Object.entries(pack.forms));
    this.routes = new Map(Object.entries(pack.routes));
    this.noise = new Set(pack.noise);
    this.up = {};
    for (const s in pack.up) this.up[s] = new Set(pack.up[s]);
    this.prescriptionOnly = new Set(pack.prescription_only);
    this.prescribedAtAll = new Set(pack.prescribed_at_all);
    const sets = table => Object.fromEntries(Object.entries(table).map(([area, others]) => [area, new Set(others)]));
    this.overlap = sets(pack.overlap);
    this.near = sets(pack.near);
    this.within = sets(pack.within);
    this.nowhere = new Set(pack.nowhere);
    this.known = new Map();
  }
  below(subject, wanted) {
    for (const up of this.up[subject]) if (wanted.has(up)) return true;
    return false;
  }
  withoutAmounts(folded, strength) {
    if (!/\d/.test(folded)) return [folded, strength];
    const words = folded.split(' '), kept = [];
    for (let i = 0; i < words.length; i++) {
      const word = words[i], amount = AMOUNT.exec(word);
      if (amount && UNITS.has(amount[2])) {
        strength ||= `${amount[1]} ${amount[2]}`;
      } else if (NUMBER.test(word) && i + 1 < words.length && UNITS.has(words[i + 1])) {
        strength ||= `${word} ${words[++i]}`;
      } else if (NUMBER.test(word) && i + 2 < words.length && words[i + 1] === 'x' && NUMBER.test(words[i + 2])) {
        i++;
        continue;
      } else if (NUMBER.test(word) && i + 1 === words.length && kept.length) {
        strength ||= `${word} `;
      } else {
        kept.push(word);
        continue;
      }
      while (i + 1 < words.length && RATES.has(words[i + 1])) i++;
    }
    return [kept.join(' '), strength];
  }
  /** A name: no subjects if it is unknown, several if it is ambiguous. */
  match(written, form = '', strength = '', route = '') {
    const key = form || strength || route ? `${written}\0${form}\0${strength}\0${route}` : written;
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, found = this.lookUp(written, form, strength, route));
    return found;
  }
  lookUp(written, form, strength, route) {
    let saidRoute = '';
    if (form) {
      const folded = fold(form);
      saidRoute = this.routes.get(folded) === folded ? folded : '';
      form = saidRoute ? '' : this.forms.get(folded) ?? folded;
    }
    strength = fold(strength);
    const folded = fold(written);
    let name = this.names.get(folded), bare;
    if (name === undefined || typeof name === 'number') {
      [bare, strength] = this.withoutAmounts(folded, strength);
      name ??= this.names.get(bare);
      const words = bare.split(' ');
      while (name === undefined && words.length > 1) {
        const at = [words.length - 1, 0].find(i => this.forms.has(words[i]) || this.noise.has(words[i]));
        if (at === undefined) break;
        form ||= this.forms.get(words[at]) ?? '';
        words.splice(at, 1);
        name = this.names.get(words.join(' '));
      }
    }
    let routeDiffers = false;
    for (const other of [this.routes.get(route), this.routes.get(form)]) {
      if (other && saidRoute && other !== saidRoute) routeDiffers = true;
      saidRoute ||= other ?? '';
    }
    return { subjects: this.subjectsOf(name, form, strength, saidRoute, routeDiffers), route: saidRoute, routeDiffers };
  }
  subjectsOf(name, form, strength, route, routeDiffers) {
    if (name === undefined) return [];
    if (typeof name === 'string') return form === 'injection' && !this.prescribedAtAll.has(name) ? [] : [name];
    const doubt = this.ambiguous[name];
    if (routeDiffers) return doubt.choices;
    let subjects = form in doubt.by_form ? [doubt.by_form[form]] : [];
    for (const amount in doubt.by_strength)
      if (amount === strength || (strength && amount.startsWith(strength + ' '))) subjects = [doubt.by_strength[amount]];
    if (!subjects.length && route in doubt.by_route) subjects = [doubt.by_route[route]];
    return subjects.length ? subjects : doubt.choices;
  }
  /** Whether two areas have places in common, touch, or lie within each other, as the table says. */
  share(a, b, table) {
    return table[a].has(b) ? YES : this.nowhere.has(a) || this.nowhere.has(b) ? UNKNOWN : NO;
  }
  /** The one subject of a fitting kind that a name means for sure, or undefined. */
  certain(name, fits) {
    const { subjects } = this.match(name);
    return subjects.length === 1 && !doubted(name) && fits(this.kinds[subjects[0]]) ? subjects[0] : undefined;
  }
}

const isArea = kind => kind === 'area';
/** Whether names of that kind can stand there. */
export function belongs(kind, place) {
  if (place === 'conditions') return kind === 'condition';
  if (USES.has(place) || place === 'numbing') return USED.has(kind);
  if (place === 'allergies') return USED.has(kind) || kind === 'allergen';
  if (NAMED_EVENTS.has(place)) return USED.has(kind) || kind === 'procedure' || kind === 'exposure';
  if (place === 'add_ons') return USED.has(kind) || kind === 'add-on' || kind === 'procedure';
  return kind === place;
}

// What each date of an entry says: that something began, is over, or happened.
const DATES = { since: 'begins', started: 'begins', last_used: 'ends', resolved: 'ends', date: 'happened' };

/** An entry as it counts on the as-of day. */
class Entry {
  constructor(section, raw, names, asOf, treatment) {
    this.section = section;
    raw = typeof raw === 'object' ? raw : { name: raw };
    const name = String(raw.name ?? ''), text = key => given(raw[key]) ? String(raw[key]) : '';
    const match = section === 'sessions' ? { subjects: [treatment], route: '', routeDiffers: false } :
      names.match(name, text('form'), text('strength'), text('route'));
    this.subjects = match.subjects;
    this.route = match.route;
    this.doubtful = doubted(name);
    this.atSession = false;
    this.areaGiven = given(raw.area);
    this.areas = [];
    this.unknownAreas = [];
    for (const area of texts(raw.area)) {
      const subject = names.certain(String(area), isArea);
      if (subject) this.areas.push(subject); else this.unknownAreas.push(area);
    }
    this.status = given(raw.status) ? raw.status : null;
    this.ongoing = yesNo(raw.ongoing);
    this.prescribed = yesNo(raw.prescribed);
    for (const key in DATES) this[key] = given(raw[key]) ? when(raw[key]) : null;
    this.contradictions = this.cutAt(raw, asOf) + match.routeDiffers;
  }
  /** What is said of days after the check is cut there; how often the entry contradicts that day or itself. */
  cutAt(raw, asOf) {
    let count = 0, current = false;
    for (const key in DATES) {
      const date = this[key];
      if (date === null || date.last <= asOf || this.section === 'plans') continue;
      if (date.first <= asOf) {
        this[key] = { first: date.first, last: asOf, time: null };
        continue;
      }
      count++;
      if (DATES[key] === 'ends') current = true;
      else this[key] = DATES[key] === 'begins' ? null : { first: asOf, last: date.last, time: null };
    }
    for (const [doubt, last] of [['ongoing', this.last_used ?? this.date], ['status', this.resolved]]) {
      if (raw[doubt] !== 'unknown' || last === null) continue;
      count++;
      current = true;
    }
    if (!current) return count;
    this.last_used = this.resolved = null;
    if (this.section !== 'conditions') this.ongoing = true;
    else if (this.status === null || this.status === 'past') this.status = 'active';
    return count;
  }
  /** Something that is done at the session itself: planned, on its day and on its areas. */
  static added(subject, names, asOf) {
    const out = new Entry('plans', {}, names, asOf);
    out.subjects = [subject];
    out.atSession = true;
    out.inArea = out.nearArea = YES;
    return out;
  }
  isIn(scope) { return scope === 'anywhere' ? YES : scope === 'near' ? this.nearArea : this.inArea; }
  /** Whether it is one of the subjects or below one; unknown where its name leaves that open. */
  isA(wanted, names) {
    let hits = 0, wider = false;
    for (const s of this.subjects) {
      if (names.below(s, wanted)) hits++;
      else if (HIDING.has(names.kinds[s])) for (const w of wanted) if (names.up[w].has(s)) wider = true;
    }
    if (hits === 0) return wider ? UNKNOWN : NO;
    return hits === this.subjects.length && !this.doubtful ? YES : UNKNOWN;
  }
}

class SessionNames {
  constructor(value, fits, names) {
    this.open = isOpen(value);
    this.none = value === 'none';
    this.subjects = [];
    this.unknown = [];
    for (const name of texts(value)) {
      const subject = names.certain(String(name), fits);
      if (subject) this.subjects.push(subject); else this.unknown.push(name);
    }
  }
}

/** A profile with its names looked up. Profiles here have no `partial` and no `denied`. */
export class Facts {
  constructor(profile, names, pack, asOf) {
    this.profile = profile;
    this.names = names;
    this.asOf = asOf;
    const session = this.session = profile.session ?? {}, { valid } = pack;
    this.day = given(session.date) ? dayOf(session.date) : null;
    this.time = given(session.time) ? timeOf(session.time) : null;
    const look = (key, fits = kind => belongs(kind, key)) => new SessionNames(session[key], fits, names);
    this.areas = look('areas', isArea);
    this.indication = look('indication');
    this.device = look('device');
    this.numbing = look('numbing');
    this.add_on = look('add_ons');
    this.protocol = look('protocol', kind => kind === 'protocol' || kind === 'procedure');
    const asked = profile.asked;
    this.asked = key => typeof asked === 'object' && asked !== null ? asked[key] : asked;
    this.askedAny = asked !== undefined;
    const old = (key, span) => given(this.asked(key)) && after(dayOf(this.asked(key)), span) < asOf;
    this.lifeStageOld = old('life_stage', valid.life_stage);
    this.answersOld = old('answers', valid.answers);
    this.standing = {};
    this.entries = [];
    for (const section of SECTIONS) {
      const value = profile[section];
      this.standing[section] = value === undefined ? NOT_ASKED : value === 'unknown' ? NOT_KNOWN : old(section, valid.answers) ? TOO_OLD : KNOWN;
      if (!Array.isArray(value)) continue;
      for (const raw of value) {
        const entry = new Entry(section, raw, names, asOf, pack.id);
        this.place(entry);
        this.entries.push(entry);
      }
    }
    for (const subject of this.add_on.subjects) this.entries.push(Entry.added(subject, names, asOf));
  }
  place(entry) {
    // What is swallowed reaches every part of the body.
    if (entry.route === 'oral') {
      entry.inArea = entry.nearArea = YES;
      return;
    }
    const { areas } = this;
    const known = entry.areaGiven && !entry.unknownAreas.length && !areas.open && !areas.none && !areas.unknown.length;
    entry.inArea = entry.nearArea = known ? NO : UNKNOWN;
    for (const a of entry.areas) for (const b of this.areas.subjects) {
      entry.inArea = Math.max(entry.inArea, this.names.share(a, b, this.names.overlap));
      entry.nearArea = Math.max(entry.nearArea, this.names.share(a, b, this.names.near));
    }
  }
}
