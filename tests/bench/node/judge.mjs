// Rules against facts, by hand or by json-rules-engine. Part of the peers in JavaScript; the semantics are those of
// lib/needleplan/evaluate and findings.
import {
  after, BETWEEN, BROKEN, dayOf, distanceAfter, distanceBefore, EVENTS, Facts, fold, given, HIDING, isOpen, KEPT, KNOWN, Names, NO,
  SECTIONS, UNKNOWN, USED, USES, USES_AND_EVENTS, when, YES, yesNo,
} from './facts.mjs';

export const VERDICTS = ['clear', 'prepare', 'caution', 'ask', 'consult', 'defer', 'avoid'];
export const RANK = Object.fromEntries(VERDICTS.map((v, i) => [v, i]));
const PREPARE = RANK.prepare, CAUTION = RANK.caution, ASK = RANK.ask, CONSULT = RANK.consult, DEFER = RANK.defer;
const HOLD_BETWEEN = 0, HOLD_BROKEN = 1, CURRENT = 2;
const CALM = ['controlled', 'stable'], RESTLESS = ['uncontrolled', 'unstable'];
const MS = 86400000;

const truth = value => value ? YES : NO;
const within = (l, v) => !(v <= l.over) && !(v < l.at_least) && !(v >= l.under) && !(v > l.at_most);
const micrometres = text => Math.round(parseFloat(text) * 1000);
const minutesOf = text => String(text).endsWith('h') ? parseInt(text) * 60 : parseInt(text);
function yearsBetween(birth, day) {
  const born = new Date(birth * MS), now = new Date(day * MS);
  const early = now.getUTCMonth() - born.getUTCMonth() || now.getUTCDate() - born.getUTCDate();
  return now.getUTCFullYear() - born.getUTCFullYear() - (early < 0 ? 1 : 0);
}
function statusMatches(status, wanted) {
  if (!wanted.size || wanted.has(status)) return YES;
  if (status === 'suspected' || (status === 'active' && wanted.has('unstable'))) return UNKNOWN;
  return RESTLESS.includes(status) && wanted.has('active') ? YES : NO;
}

/** A condition with its lists as sets. */
export function prepare(c) {
  if (c.terms) return { ...c, terms: c.terms.map(prepare) };
  const out = { ...c };
  if (c.of) out.of = new Set(c.of);
  if (c.op === 'ill') {
    out.status = new Set(c.status ?? []);
    for (const same of [CALM, RESTLESS]) if (same.some(s => out.status.has(s))) same.forEach(s => out.status.add(s));
  }
  return out;
}

/** The truth of one condition: [truth, how strongly what ended still holds]. */
export class Truths {
  constructor(facts, names, area = false, wait = null) {
    this.f = facts; this.names = names; this.area = area; this.wait = wait;
    this.pending = false;
    this.day = facts.day ?? facts.asOf;
  }
  of(c) {
    if (c.op === 'all') {
      const parts = c.terms.map(t => this.of(t));
      const value = Math.min(...parts.map(p => p[0]));
      if (value === YES) return [value, Math.min(...parts.map(p => p[1]))];
      return [value, Math.max(...parts.filter(p => p[0] === value).map(p => p[1]))];
    }
    if (c.op === 'any') {
      const parts = c.terms.map(t => this.of(t));
      return this.anyOf(parts, Math.max(...parts.map(p => p[0])));
    }
    if (c.op === 'not') return [2 - this.of(c.terms[0])[0], CURRENT];
    return this[c.op](c);
  }
  anyOf(parts, value) {
    let hold = -1, open = false;
    for (const [t, h] of parts) {
      if (t === value && h > hold) hold = h;
      if (t === UNKNOWN) open = true;
    }
    if (hold < 0) hold = CURRENT;
    if (value === YES && hold !== CURRENT && open) this.pending = true;
    return [value, hold];
  }
  over(c, sections, judge) {
    const parts = [];
    let value = NO;
    for (const e of this.f.entries) {
      if (!sections.has(e.section)) continue;
      let t = e.isA(c.of, this.names);
      if (t === NO) continue;
      if (this.area && e.section !== 'allergies') t = Math.min(t, e.inArea);
      const part = t === NO ? [NO, CURRENT] : judge.call(this, e, c, t);
      value = Math.max(value, part[0]);
      parts.push(part);
    }
    for (const s of sections) {
      if (this.f.standing[s] === KNOWN) continue;
      value = Math.max(value, UNKNOWN);
      parts.push([UNKNOWN, CURRENT]);
    }
    return this.anyOf(parts, value);
  }
  ill(c) { return this.over(c, ILL, this.judgeStatus); }
  uses(c) { return this.over(c, USES_AND_EVENTS, this.judgeUse); }
  allergy(c) { return this.over(c, ALLERGIES, (e, c, t) => [t, CURRENT]); }
  had(c) { return this.over(c, EVENTS, this.judgeHad); }
  waited(value, t) {
    if (!given(value) || this.f.day === null) return [Math.min(t, UNKNOWN), CURRENT];
    const [best, worst] = distanceBefore(when(value), this.wait, this.f.day, this.f.time);
    if (best !== worst) return [Math.min(t, UNKNOWN), CURRENT];
    return worst === KEPT ? [NO, CURRENT] : [t, worst === BROKEN ? HOLD_BROKEN : HOLD_BETWEEN];
  }
  judgeStatus(e, c, t) {
    const { status, resolved } = e.raw;
    let past = status === 'past';
    if (given(resolved) && !past) {
      const { first, last } = when(resolved);
      if (last <= this.day) past = true;
      else if (first <= this.day) return [Math.min(t, UNKNOWN), CURRENT];
    }
    if (past) return this.wait ? this.waited(resolved, t) : [Math.min(t, statusMatches('past', c.status)), CURRENT];
    if (given(status)) return [Math.min(t, statusMatches(status, c.status)), CURRENT];
    if (given(resolved)) return [Math.min(t, statusMatches('active', c.status)), CURRENT];
    return [c.status.size || this.wait ? Math.min(t, UNKNOWN) : t, CURRENT];
  }
  judgeUse(e, c, t) {
    const currency = c.status, open = Math.min(t, UNKNOWN);
    if (EVENTS.has(e.section)) {
      if (currency === 'ended') return [NO, CURRENT];
      if (!given(e.raw.date)) return [open, CURRENT];
      const { first, last } = when(e.raw.date);
      return [first > this.day ? NO : last > this.day ? open : t, CURRENT];
    }
    if (c.prescribed !== undefined) {
      const said = yesNo(e.raw.prescribed);
      t = Math.min(t, said === undefined ? UNKNOWN : truth(said === c.prescribed));
    }
    if (t === NO) return [NO, CURRENT];
    const ongoing = yesNo(e.raw.ongoing), lastUsed = e.raw.last_used;
    if (ongoing) return [currency === 'ended' ? NO : t, CURRENT];
    if (ongoing === undefined && !given(lastUsed)) return [Math.min(t, UNKNOWN), CURRENT];
    if (given(lastUsed)) {
      const { first, last } = when(lastUsed);
      if (first > this.f.asOf && last > this.day)
        return [first > this.day ? (currency === 'ended' ? NO : t) : Math.min(t, UNKNOWN), CURRENT];
    }
    if (this.wait && currency !== 'current') return this.waited(lastUsed, t);
    return [currency === 'ended' ? t : NO, CURRENT];
  }
  judgeHad(e, c, t) {
    const date = e.raw.date;
    if (!given(date)) return [!this.wait && e.section !== 'plans' ? t : Math.min(t, UNKNOWN), CURRENT];
    if (this.f.day === null) return [Math.min(t, UNKNOWN), CURRENT];
    const { first, last } = when(date);
    if (first > this.f.day) return [NO, CURRENT];
    if (last > this.f.day) return [Math.min(t, UNKNOWN), CURRENT];
    return this.wait ? this.waited(date, t) : [t, CURRENT];
  }
  stage(c) {
    const stage = this.f.profile.life_stage, [key] = c.of;
    const said = yesNo(stage !== null && typeof stage === 'object' ? stage[key] : stage);
    return [said === undefined ? UNKNOWN : said ? YES : this.f.lifeStageOld ? UNKNOWN : NO, CURRENT];
  }
  age(c) {
    const birth = this.f.profile.client.birth_date;
    if (!given(birth)) return [isOpen(birth) ? UNKNOWN : NO, CURRENT];
    const { first, last } = when(birth);
    const youngest = yearsBetween(last, this.day), oldest = yearsBetween(first, this.day), holds = within(c.limits, youngest);
    for (let y = youngest + 1; y <= oldest; y++) if (within(c.limits, y) !== holds) return [UNKNOWN, CURRENT];
    return [truth(holds), CURRENT];
  }
  skin(c) {
    const value = this.f.profile.client.fitzpatrick;
    return [isOpen(value) ? UNKNOWN : truth(c.of.has(value)), CURRENT];
  }
  depth(c) {
    const value = this.f.session.depth;
    if (!given(value)) return [isOpen(value) ? UNKNOWN : NO, CURRENT];
    return [truth(within(c.limits, micrometres(value))), CURRENT];
  }
  named(names, wanted) {
    if (names.open) return [UNKNOWN, CURRENT];
    if (names.subjects.some(s => this.names.below(s, wanted))) return [YES, CURRENT];
    return [names.unknown.length ? UNKNOWN : NO, CURRENT];
  }
  treats(c) { return this.named(this.f.areas, c.of); }
  session(c) { return this.named(this.f[c.fact], c.of); }
}
const ILL = new Set(['conditions']), ALLERGIES = new Set(['allergies']);

/** The rules of a pack. */
export class Judge {
  constructor(pack, asOf) {
    this.pack = pack;
    this.asOf = asOf;
    this.names = new Names(pack);
    this.rules = pack.rules;
    for (const rule of this.rules) {
      if (rule.kind === 'condition') rule.when = prepare(rule.when);
      if (rule.of) rule.of = new Set(rule.of);
      if (rule.for) rule.for = new Set(rule.for);
    }
    this.specific = this.rules.filter(r => r.kind === 'series' && r.for.size);
    this.wide = new Set(pack.wide_areas);
  }
  facts(profile) { return new Facts(profile, this.names, this.pack.valid, this.asOf); }

  /** The numbers of the rules to look at, in order. */
  candidates(f) {
    const look = new Set(this.pack.always);
    for (const e of f.entries) for (const s of e.subjects) for (const at of this.pack.by_subject[s] ?? []) look.add(at);
    for (const s of SECTIONS) if (f.standing[s] !== KNOWN) for (const at of this.pack.by_section[s] ?? []) look.add(at);
    return [...look].sort((a, b) => a - b);
  }
  /** {verdict, found: [[rule, verdict]], waiting: Set}. */
  judge(f) {
    const out = this.own(f);
    for (const at of this.candidates(f)) this.note(this.rules[at], this[this.rules[at].kind](this.rules[at], f), f, out);
    return this.finish(out);
  }
  note(rule, outcomes, f, out) {
    for (const [value, verdict] of outcomes) {
      if (value === UNKNOWN) out.waiting.add(rule.id);
      else out.found.push([rule.id, VERDICTS[this.signed(rule, f, verdict)]]);
    }
  }
  finish(out) {
    let worst = out.waiting.size || out.asks ? ASK : 0;
    for (const [, v] of out.found) worst = Math.max(worst, RANK[v]);
    out.verdict = VERDICTS[worst];
    return out;
  }
  signed(rule, f, verdict) {
    if (verdict < CONSULT || verdict > RANK[rule.signable ?? 'consult']) return verdict;
    for (const s of f.profile.signoffs ?? [])
      if (s.rule === rule.id && dayOf(s.on) <= this.asOf && f.day !== null && Math.max(f.day, this.asOf) <= dayOf(s.expires)) return CAUTION;
    return verdict;
  }

  // --- kinds of rules: each gives [truth, verdict] for every outcome that holds or may hold ---

  condition(rule, f) {
    const truths = new Truths(f, this.names, rule.area, rule.wait);
    const [value, hold] = truths.of(rule.when);
    if (value === NO) return [];
    const verdict = hold === CURRENT ? RANK[rule.verdict] : hold === HOLD_BROKEN ? RANK[rule.wait_verdict] : CAUTION;
    return truths.pending ? [[value, verdict], [UNKNOWN, ASK]] : [[value, verdict]];
  }
  ban(rule, f) {
    const out = [];
    for (const e of f.entries) {
      if (e.section === 'conditions' || e.section === 'allergies') continue;
      const named = e.isA(rule.of, this.names);
      if (named === NO || (rule.area && e.inArea === NO)) continue;
      const use = USES.has(e.section);
      let [value, verdict, stop] = use ? this.useWindow(rule, f, e) : this.eventWindow(rule, f, e);
      if (value === NO) continue;
      if (named === UNKNOWN || (rule.area && e.inArea === UNKNOWN)) value = UNKNOWN;
      if (stop && use) {
        const said = yesNo(e.raw.prescribed), only = e.subjects.some(s => this.names.prescriptionOnly.has(s));
        if (said === undefined && !only) value = UNKNOWN;
        else if ((said || only) && value === YES) verdict = CONSULT;
      }
      out.push([value, verdict]);
    }
    if (rule.sections.some(s => f.standing[s] !== KNOWN)) out.push([UNKNOWN, ASK]);
    return out;
  }
  useWindow(rule, f, e) {
    if (!rule.before) return [NO, 0, false];
    const ongoing = yesNo(e.raw.ongoing), lastUsed = e.raw.last_used;
    if ((!ongoing && !given(lastUsed)) || f.day === null) return [UNKNOWN, ASK, false];
    const w = ongoing ? { first: f.asOf, last: f.asOf, time: null } : when(lastUsed);
    const [best, worst] = distanceBefore(w, rule.before, f.day, f.time), broken = RANK[rule.verdict];
    if (ongoing) return [YES, worst === KEPT ? PREPARE : worst === BETWEEN ? CAUTION : broken, true];
    if (worst === KEPT) return [NO, 0, false];
    return [best === worst ? YES : UNKNOWN, worst === BROKEN ? broken : CAUTION, worst === BROKEN];
  }
  eventWindow(rule, f, e) {
    if (!given(e.raw.date) || f.day === null) return [UNKNOWN, ASK, false];
    const { first, last, time } = when(e.raw.date), day = f.day;
    let beforeOnDay = true, afterOnDay = true;
    if (time !== null && f.time !== null) { beforeOnDay = time < f.time; afterOnDay = !beforeOnDay; }
    const covers = first <= day && last >= day;
    let value = NO, verdict = 0;
    const add = ([best, worst]) => {
      if (worst === KEPT) return;
      if (best !== worst) { value = UNKNOWN; return; }
      if (value !== UNKNOWN) value = YES;
      verdict = Math.max(verdict, worst === BROKEN ? RANK[rule.verdict] : CAUTION);
    };
    if (rule.before && (first < day || (covers && beforeOnDay)))
      add(distanceBefore({ first, last: Math.min(last, day), time }, rule.before, day, f.time));
    if (rule.after && (last > day || (covers && afterOnDay)))
      add(distanceAfter({ first: Math.max(first, day), last, time }, rule.after, day, f.time));
    return [value, verdict, false];
  }
  applies(rule, f) {
    const i = f.indication;
    if (i.open || i.unknown.length) return UNKNOWN;
    const named = r => i.subjects.some(s => this.names.below(s, r.for));
    const wanted = rule.for instanceof Set ? rule : { for: new Set(rule.for) };
    return wanted.for.size ? truth(named(wanted)) : truth(!this.specific.some(named));
  }
  series(rule, f) {
    const applied = this.applies(rule, f);
    if (applied === NO) return [];
    const out = [];
    for (const e of f.entries) {
      if (e.section !== 'sessions' || e.inArea === NO) continue;
      let value = applied, verdict = ASK;
      if (f.day === null || !given(e.raw.date)) {
        value = UNKNOWN;
      } else {
        const [best, worst] = distanceBefore(when(e.raw.date), rule.interval, f.day, f.time);
        if (worst === KEPT) continue;
        verdict = worst === BROKEN ? DEFER : CAUTION;
        if (best !== worst) value = UNKNOWN;
      }
      out.push([e.inArea === UNKNOWN ? UNKNOWN : value, verdict]);
    }
    if (f.standing.sessions !== KNOWN) out.push([UNKNOWN, ASK]);
    return out;
  }
  setting(rule, f) {
    const up = this.names.up;
    if (rule.closer.some(c => f.numbing.subjects.some(s => up[s].has(c)))) return [];
    const concerns = (wanted, names, inside) => {
      if (!wanted.length || wanted.some(a => names.subjects.some(b => up[b].has(a) || (inside && up[a].has(b))))) return YES;
      return names.open || names.unknown.length ? UNKNOWN : NO;
    };
    const concerned = Math.min(concerns(rule.areas, f.areas, true), concerns(rule.products, f.numbing, false));
    if (concerned === NO) return [];
    const written = f.session[rule.deepest ? 'depth' : 'numbing_time'];
    let outside;
    if (!given(written)) outside = isOpen(written) ? UNKNOWN : NO;
    else if (rule.deepest) outside = truth(micrometres(written) > rule.deepest);
    else outside = truth((rule.least && minutesOf(written) < rule.least) || (rule.most && minutesOf(written) > rule.most));
    const value = Math.min(concerned, outside);
    return value === NO ? [] : [[value, CAUTION]];
  }

  // --- what is wrong with the profile itself ---

  own(f) {
    const found = [], kinds = this.names.kinds;
    let asks = false;
    const ask = (rule, times = 1) => { for (let i = 0; i < times; i++) found.push([rule, 'ask']); };
    for (const e of f.entries) {
      ask('unknown-area', e.unknownAreas.length);
      if (e.section === 'sessions') continue;
      if (!e.subjects.length) ask('unknown-name');
      else if (e.doubtful) ask('doubtful-name');
      else if (e.subjects.length > 1) ask('ambiguous-name');
      else if (!belongs(kinds[e.subjects[0]], e.section)) ask('misplaced-name');
    }
    ask('unknown-area', f.areas.unknown.length);
    for (const a of f.areas.subjects) if (this.wide.has(a)) ask('wide-area');
    for (const names of [f.indication, f.device, f.numbing, f.add_on]) ask('unknown-session-fact', names.unknown.length);
    if (f.day === null || f.areas.open || f.areas.none) asks = true;
    const protocol = f.session.protocol;
    if (!given(protocol)) asks = true;
    else if (fold(protocol) !== fold(this.pack.id) && f.protocol.subjects[0] !== this.pack.id) found.push(['protocol-not-covered', 'avoid']);
    const dated = key => given(f.asked(key)) && dayOf(f.asked(key)) <= this.asOf;
    const stage = f.profile.life_stage;
    const staged = (stage !== null && typeof stage === 'object' ? Object.values(stage) : [stage]).some(v => !isOpen(v));
    if (!f.askedAny || (staged && !dated('life_stage')) || SECTIONS.some(s => !isOpen(f.profile[s]) && !dated(s))) asks = true;
    return { found, waiting: new Set(), asks };
  }
}

function belongs(kind, section) {
  if (section === 'conditions') return kind === 'condition';
  if (USES.has(section)) return USED.has(kind);
  if (section === 'allergies') return USED.has(kind) || kind === 'allergen';
  return USED.has(kind) || kind === 'procedure' || kind === 'exposure';
}

/** The same rules, but json-rules-engine decides which of them fire; the facts it asks for are worked out by hand. */
export class EngineJudge extends Judge {
  constructor(pack, asOf, { Engine }) {
    super(pack, asOf);
    this.engine = new Engine([], { allowUndefinedFacts: true });
    this.leaves = new Map();
    this.rules.forEach((rule, at) => {
      const conditions = rule.kind === 'condition' ? this.conditionsOf(rule.when, at) : { any: [this.test(`rule${at}`)] };
      this.engine.addRule({ conditions: conditions.all || conditions.any || conditions.not ? conditions : { all: [conditions] },
                            event: { type: 'fired', params: { at } } });
    });
  }
  test(fact) { return { fact, operator: 'greaterThanInclusive', value: UNKNOWN }; }
  conditionsOf(c, at) {
    if (c.op === 'all' || c.op === 'any') return { [c.op]: c.terms.map(t => this.conditionsOf(t, at)) };
    if (c.op === 'not') return { not: this.conditionsOf(c.terms[0], at) };
    const fact = `leaf${at}.${this.leaves.get(at)?.length ?? 0}`.replace('.', '_');
    if (!this.leaves.has(at)) this.leaves.set(at, []);
    this.leaves.get(at).push([fact, c]);
    return this.test(fact);
  }
  async judge(f) {
    const out = this.own(f), facts = {}, outcomes = new Map();
    for (const at of this.candidates(f)) {
      const rule = this.rules[at];
      if (rule.kind === 'condition') {
        for (const [fact, c] of this.leaves.get(at)) facts[fact] = new Truths(f, this.names, rule.area, rule.wait).of(c)[0];
      } else {
        outcomes.set(at, this[rule.kind](rule, f));
        facts[`rule${at}`] = outcomes.get(at).length ? YES : NO;
      }
    }
    const { events } = await this.engine.run(facts);
    for (const at of events.map(e => e.params.at).sort((a, b) => a - b)) {
      const rule = this.rules[at];
      this.note(rule, outcomes.get(at) ?? this.condition(rule, f), f, out);
    }
    return this.finish(out);
  }
}
