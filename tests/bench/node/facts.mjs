// A profile's names, dates and answers, made ready for the rules. Part of the peers in JavaScript.
export const NO = 0, UNKNOWN = 1, YES = 2;
export const KNOWN = 0, NOT_ASKED = 1, NOT_KNOWN = 2, TOO_OLD = 3;
export const KEPT = 0, BETWEEN = 1, BROKEN = 2;
export const SECTIONS = ['conditions', 'medicines', 'products', 'supplements', 'allergies', 'procedures', 'sessions', 'exposures', 'plans'];
export const USES = new Set(['medicines', 'products', 'supplements']);
export const EVENTS = new Set(['procedures', 'exposures', 'plans']);
export const USES_AND_EVENTS = new Set([...USES, ...EVENTS]);
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
    this.noise = new Set(pack.noise);
    this.up = {};
    for (const s in pack.up) this.up[s] = new Set(pack.up[s]);
    this.prescriptionOnly = new Set(pack.prescription_only);
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
  /** {subjects, form, strength} of a name; no subjects: unknown, several: ambiguous. */
  match(written, form = '', strength = '') {
    const key = form || strength ? `${written}\0${form}\0${strength}` : written;
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, found = this.lookUp(written, form, strength));
    return found;
  }
  lookUp(written, form, strength) {
    if (form) form = this.forms.get(fold(form)) ?? fold(form);
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
    if (name === undefined) return { subjects: [], form, strength };
    if (typeof name === 'string') return { subjects: [name], form, strength };
    const doubt = this.ambiguous[name];
    let subjects = form in doubt.by_form ? [doubt.by_form[form]] : [];
    for (const amount in doubt.by_strength)
      if (amount === strength || (strength && amount.startsWith(strength + ' '))) subjects = [doubt.by_strength[amount]];
    return { subjects: subjects.length ? subjects : doubt.choices, form, strength };
  }
  /** The one subject of a fitting kind that a name means for sure, or undefined. */
  certain(name, fits) {
    const { subjects } = this.match(name);
    return subjects.length === 1 && !doubted(name) && fits(this.kinds[subjects[0]]) ? subjects[0] : undefined;
  }
}

const isArea = kind => kind === 'area';
const isUsed = kind => USED.has(kind);

class Entry {
  constructor(section, raw, names) {
    this.section = section;
    this.raw = raw = typeof raw === 'object' ? raw : { name: raw };
    this.name = String(raw.name ?? '');
    this.subjects = this.name ? names.match(this.name, String(raw.form ?? ''), String(raw.strength ?? '')).subjects : [];
    this.doubtful = doubted(this.name);
    this.areas = [];
    this.unknownAreas = [];
    for (const area of texts(raw.area)) {
      const subject = names.certain(String(area), isArea);
      if (subject) this.areas.push(subject); else this.unknownAreas.push(area);
    }
  }
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

/** A profile with its names looked up. */
export class Facts {
  constructor(profile, names, valid, asOf) {
    this.profile = profile;
    this.names = names;
    this.asOf = asOf;
    const session = this.session = profile.session ?? {};
    this.day = given(session.date) ? dayOf(session.date) : null;
    this.time = given(session.time) ? timeOf(session.time) : null;
    const look = (key, fits) => new SessionNames(session[key], fits, names);
    this.areas = look('areas', isArea);
    this.indication = look('indication', kind => kind === 'indication');
    this.device = look('device', kind => kind === 'device');
    this.numbing = look('numbing', isUsed);
    this.add_on = look('add_ons', kind => USED.has(kind) || kind === 'add-on' || kind === 'procedure');
    this.protocol = look('protocol', kind => kind === 'protocol' || kind === 'procedure');
    const asked = profile.asked;
    this.asked = key => typeof asked === 'object' && asked !== null ? asked[key] : asked;
    this.askedAny = asked !== undefined;
    const old = (key, span) => given(this.asked(key)) && after(dayOf(this.asked(key)), span) < asOf;
    this.lifeStageOld = old('life_stage', valid.life_stage);
    this.standing = {};
    this.entries = [];
    for (const section of SECTIONS) {
      const value = profile[section];
      this.standing[section] = value === undefined ? NOT_ASKED : value === 'unknown' ? NOT_KNOWN : old(section, valid.answers) ? TOO_OLD : KNOWN;
      if (!Array.isArray(value)) continue;
      for (const raw of value) {
        const entry = new Entry(section, raw, names);
        entry.inArea = this.touches(entry);
        this.entries.push(entry);
      }
    }
  }
  touches(entry) {
    if (entry.raw.area === 'none') return NO;
    if (this.areas.open || this.areas.none) return UNKNOWN;
    const up = this.names.up;
    for (const a of entry.areas) for (const b of this.areas.subjects) if (up[b].has(a) || up[a].has(b)) return YES;
    return given(entry.raw.area) && !entry.unknownAreas.length && !this.areas.unknown.length ? NO : UNKNOWN;
  }
}
