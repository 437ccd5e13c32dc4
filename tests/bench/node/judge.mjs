// Rules against facts, by hand or by json-rules-engine. Part of the peers in JavaScript; the semantics are those of
// lib/needleplan/evaluate and findings.
import {
  after, belongs, BETWEEN, BROKEN, dayOf, distanceAfter, distanceBefore, EVENTS, Facts, fold, given, isOpen, KEPT, KNOWN, Names, NO,
  SECTIONS, UNKNOWN, USES, USES_AND_EVENTS, when, YES, yesNo,
} from './facts.mjs';

export const VERDICTS = ['clear', 'prepare', 'caution', 'ask', 'consult', 'defer', 'avoid'];
export const RANK = Object.fromEntries(VERDICTS.map((v, i) => [v, i]));
const PREPARE = RANK.prepare, CAUTION = RANK.caution, ASK = RANK.ask, CONSULT = RANK.consult, DEFER = RANK.defer;
// How strongly something counts: every length is kept; short of the preferred one; still to come and too near, of which
// no source says how far ahead; short of the minimum; not ended, or in need of no length.
const NONE = 0, HOLD_BETWEEN = 1, PLANNED = 2, HOLD_BROKEN = 3, CURRENT = 4;
const HOLD_OF = { [KEPT]: NONE, [BETWEEN]: HOLD_BETWEEN, [BROKEN]: HOLD_BROKEN };
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

/** A condition with its lists as sets; `treatment` has what an earlier session was. */
function prepare(c, treatment) {
  if (c.terms) return { ...c, terms: c.terms.map(t => prepare(t, treatment)) };
  const out = { ...c };
  if (c.of) out.of = new Set(c.of);
  if (c.op === 'ill') {
    out.status = new Set(c.status ?? []);
    for (const same of [CALM, RESTLESS]) if (same.some(s => out.status.has(s))) same.forEach(s => out.status.add(s));
    out.settled = new Set(c.settled ?? []);
  }
  if (c.op === 'had') out.sessions = c.of.some(s => treatment.has(s));
  return out;
}

/** Something with one day, against the session: the days that it can have been on before it, and after. */
class Event {
  constructor(e, f, day) {
    this.before = this.after = this.when = null;
    if (day === null) return;
    const on = d => ({ first: d, last: d, time: null });
    this.when = e.atSession ? on(day) : e.ongoing ? on(f.asOf) : e.date;
    if (this.when === null) return;
    const { first, last, time } = this.when;
    const covers = first <= day && day <= last, timed = time !== null && f.time !== null, earlier = timed && time < f.time;
    if (first < day || (covers && (!timed || earlier))) this.before = { first, last: Math.min(last, day), time };
    if (last > day || (covers && !earlier)) this.after = { first: Math.max(first, day), last, time };
  }
  /** [best, worst] of how strongly it counts. `near` stands in for an `ahead` that nobody gave. */
  holds(wait, near, ahead, day, time) {
    const found = [];
    if (this.before) found.push(wait ? distanceBefore(this.before, wait, day, time).map(d => HOLD_OF[d]) : [CURRENT, CURRENT]);
    if (this.after && (ahead ?? near))
      found.push(distanceAfter(this.after, ahead ?? near, day, time).map(d => ahead ? HOLD_OF[d] : d === BROKEN ? PLANNED : NONE));
    else if (this.after) found.push([NONE, NONE]);
    const worst = found.length ? Math.max(...found.map(h => h[1])) : NONE;
    // On one day nobody knows which came first, and the stricter side counts.
    return [this.when.first === this.when.last || !found.length ? worst : Math.min(...found.map(h => h[0])), worst];
  }
}

/** The truth of one condition: [truth, how strongly it counts]. For a rule what is planned too near counts too, but only
    where that makes the rule hold. */
export class Truths {
  constructor(facts, names, scope = 'anywhere', rule = null, denied = false) {
    this.f = facts; this.names = names; this.scope = scope; this.rule = rule; this.denied = denied;
    this.wait = rule?.wait ?? null;
    this.pending = false;
    this.day = facts.day ?? facts.asOf;
  }
  get plans() { return this.rule !== null && !this.denied; }
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
    if (c.op === 'not') {
      this.denied = !this.denied;
      const value = 2 - this.of(c.terms[0])[0];
      this.denied = !this.denied;
      return [value, CURRENT];
    }
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
      if (e.section !== 'allergies') t = Math.min(t, e.isIn(this.scope));
      const part = t === NO ? [NO, CURRENT] : judge.call(this, e, c, t);
      value = Math.max(value, part[0]);
      parts.push(part);
    }
    for (const s of sections) {
      if ((s === 'sessions' && !c.sessions) || !mayHoldMore(this.f, s)) continue;
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
    if (value === null || this.f.day === null) return [Math.min(t, UNKNOWN), CURRENT];
    const [best, worst] = distanceBefore(value, this.wait, this.f.day, this.f.time);
    if (best !== worst) return [Math.min(t, UNKNOWN), CURRENT];
    return worst === KEPT ? [NO, CURRENT] : [t, HOLD_OF[worst]];
  }
  judgeStatus(e, c, t) {
    let past = e.status === 'past';
    if (e.resolved !== null && !past) {
      const { first, last } = e.resolved;
      if (last <= this.day) past = true;
      else if (first <= this.day) return [Math.min(t, UNKNOWN), CURRENT];
    }
    if (past) return this.wait ? this.waited(e.resolved, t) : [Math.min(t, statusMatches('past', c.status)), CURRENT];
    if (this.wait && c.settled.has(e.status)) return this.waited(e.since, t);
    if (e.status !== null || e.resolved !== null) return [Math.min(t, statusMatches(e.status ?? 'active', c.status)), CURRENT];
    return [c.status.size || this.wait ? Math.min(t, UNKNOWN) : t, CURRENT];
  }
  judgeUse(e, c, t) {
    const currency = c.status;
    if (EVENTS.has(e.section)) return this.judgeUseOnADay(e, currency, t);
    if (c.prescribed !== undefined) t = Math.min(t, e.prescribed === undefined ? UNKNOWN : truth(e.prescribed === c.prescribed));
    if (t === NO) return [NO, CURRENT];
    if (e.ongoing) return [currency === 'ended' ? NO : t, CURRENT];
    if (e.ongoing === undefined && e.last_used === null) return [Math.min(t, UNKNOWN), CURRENT];
    if (e.last_used !== null) {
      const { first, last } = e.last_used;
      if (first > this.f.asOf && last > this.day)
        return [first > this.day ? (currency === 'ended' ? NO : t) : Math.min(t, UNKNOWN), CURRENT];
    }
    if (this.wait && currency !== 'current') return this.waited(e.last_used, t);
    return [currency === 'ended' ? t : NO, CURRENT];
  }
  /** Nothing is said of its end, so it counts from that day on; a plan may still be too near. */
  judgeUseOnADay(e, currency, t) {
    if (e.ongoing && currency !== 'ended') return [t, CURRENT];
    const event = new Event(e, this.f, this.day);
    if (currency === 'ended') event.before = null;
    return this.judgeEvent(event, null, this.plans && currency !== 'current' ? this.wait : null, t);
  }
  judgeHad(e, c, t) {
    if (e.ongoing) return [t, CURRENT];
    const length = this.wait ?? c.within ?? null;
    // Whenever it was, it was.
    if (e.date === null && !e.atSession && !length && e.section !== 'plans') return [t, CURRENT];
    const [value, hold] = this.judgeEvent(new Event(e, this.f, this.f.day), length, this.plans ? length : null, t);
    return [value, hold === HOLD_BROKEN && !this.wait ? CURRENT : hold];
  }
  judgeEvent(event, wait, near, t) {
    if (event.when === null) return [Math.min(t, UNKNOWN), CURRENT];
    const [best, worst] = event.holds(wait, near, this.plans ? this.rule.ahead : null, this.day, this.f.time);
    if (best !== worst) return [Math.min(t, UNKNOWN), CURRENT];
    return worst === NONE ? [NO, CURRENT] : [t, worst];
  }
  answered(c) {
    const said = yesNo(this.f.profile.answers?.[c.id]);
    return [said === undefined || this.f.answersOld ? UNKNOWN : truth(said === c.is), CURRENT];
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
    // No subject at all stands for any.
    if (names.subjects.some(s => !wanted.size || this.names.below(s, wanted))) return [YES, CURRENT];
    return [names.unknown.length ? UNKNOWN : NO, CURRENT];
  }
  treats(c) {
    const { areas } = this.f, table = c.named ? this.names.within : this.names.overlap;
    if (areas.open) return [UNKNOWN, CURRENT];
    let value = areas.unknown.length ? UNKNOWN : NO;
    for (const area of areas.subjects) for (const wanted of c.of) value = Math.max(value, this.names.share(area, wanted, table));
    return [value, CURRENT];
  }
  session(c) { return this.named(this.f[c.fact], c.of); }
}
const ILL = new Set(['conditions']), ALLERGIES = new Set(['allergies']);

/** Whether there may be more in a section than it lists. */
function mayHoldMore(f, section) {
  return f.standing[section] !== KNOWN || (section === 'plans' && f.add_on.open);
}

/** The rules of a pack. */
export class Judge {
  constructor(pack, asOf) {
    this.pack = pack;
    this.asOf = asOf;
    this.names = new Names(pack);
    this.rules = pack.rules;
    for (const rule of this.rules) {
      if (rule.kind === 'condition') rule.when = this.prepared(rule.when);
      if (rule.of) rule.of = new Set(rule.of);
      if (rule.for) rule.for = new Set(rule.for);
    }
    this.specific = this.rules.filter(r => r.kind === 'series' && r.for.size);
    this.wide = new Set(pack.wide_areas);
    this.treatment = new Set([pack.id]);
    this.questions = new Set(pack.questions);
    this.noRule = Object.fromEntries(Object.entries(pack.no_rule).map(([place, subjects]) => [place, new Set(subjects)]));
  }
  prepared(when) { return prepare(when, this.names.up[this.pack.id]); }
  facts(profile) { return new Facts(profile, this.names, this.pack, this.asOf); }

  /** The numbers of the rules to look at, in order. */
  candidates(f) {
    const look = new Set(this.pack.always);
    for (const e of f.entries) for (const s of e.subjects) for (const at of this.pack.by_subject[s] ?? []) look.add(at);
    for (const s of SECTIONS) if (mayHoldMore(f, s)) for (const at of this.pack.by_section[s] ?? []) look.add(at);
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
    if (verdict < CONSULT || verdict > RANK[rule.signable ?? 'clear']) return verdict;
    for (const s of f.profile.signoffs ?? [])
      if (s.rule === rule.id && dayOf(s.on) <= this.asOf && f.day !== null && Math.max(f.day, this.asOf) <= dayOf(s.expires) &&
          rule.signers.includes(fold(s.role))) return CAUTION;
    return verdict;
  }

  // --- kinds of rules: each gives [truth, verdict] for every outcome that holds or may hold ---

  condition(rule, f) {
    const truths = new Truths(f, this.names, rule.scope, rule);
    const [value, hold] = truths.of(rule.when);
    if (value === NO) return [];
    const ended = RANK[rule.wait_verdict];
    let verdict = hold === CURRENT ? RANK[rule.verdict] : hold === HOLD_BROKEN ? ended : CAUTION;
    if (hold === PLANNED) verdict = Math.min(rule.wait ? ended : RANK[rule.verdict], CONSULT);
    return truths.pending ? [[value, verdict], [UNKNOWN, ASK]] : [[value, verdict]];
  }
  ban(rule, f) {
    const out = [];
    for (const e of f.entries) {
      if (e.section === 'conditions' || e.section === 'allergies') continue;
      const named = e.isA(rule.of, this.names), placed = e.isIn(rule.scope);
      if (named === NO || placed === NO) continue;
      const use = USES.has(e.section);
      let [value, verdict, stop] = use || e.ongoing ? this.useWindow(rule, f, e) : this.eventWindow(rule, f, e);
      if (value === NO) continue;
      value = Math.min(value, named, placed);
      if (stop && use) {
        const only = e.subjects.some(s => this.names.prescriptionOnly.has(s));
        if (e.prescribed === undefined && !only) value = UNKNOWN;
        else if ((e.prescribed || only) && value === YES) verdict = CONSULT;
      }
      out.push([value, verdict]);
    }
    if (rule.sections.some(s => mayHoldMore(f, s))) out.push([UNKNOWN, ASK]);
    return out;
  }
  useWindow(rule, f, e) {
    if (!rule.before) return [NO, 0, false];
    if ((!e.ongoing && e.last_used === null) || f.day === null) return [UNKNOWN, ASK, false];
    const w = e.ongoing ? { first: f.asOf, last: f.asOf, time: null } : e.last_used;
    const [best, worst] = distanceBefore(w, rule.before, f.day, f.time), broken = RANK[rule.verdict];
    if (e.ongoing) return [YES, worst === KEPT ? PREPARE : worst === BETWEEN ? CAUTION : broken, true];
    if (worst === KEPT) return [NO, 0, false];
    return [best === worst ? YES : UNKNOWN, worst === BROKEN ? broken : CAUTION, worst === BROKEN];
  }
  eventWindow(rule, f, e) {
    const event = new Event(e, f, f.day);
    if (event.when === null) return [UNKNOWN, ASK, false];
    let value = NO, verdict = 0;
    for (const [key, part, measure] of [['before', event.before, distanceBefore], ['after', event.after, distanceAfter]]) {
      if (!rule[key] || !part) continue;
      const [best, worst] = measure(part, rule[key], f.day, f.time);
      if (worst === KEPT) continue;
      if (best !== worst) { value = UNKNOWN; continue; }
      if (value !== UNKNOWN) value = YES;
      verdict = Math.max(verdict, worst === BROKEN ? RANK[rule.verdict] : CAUTION);
    }
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
      if (!EVENTS.has(e.section) || e.inArea === NO) continue;
      const named = e.isA(this.treatment, this.names);
      if (named === NO) continue;
      let value = Math.min(applied, named, e.inArea), verdict = ASK;
      const event = new Event(e, f, f.day);
      if (event.when === null) {
        value = UNKNOWN;
      } else {
        const [best, worst] = event.holds(rule.interval, null, rule.interval, f.day, f.time);
        if (worst === NONE) continue;
        verdict = worst === HOLD_BROKEN ? DEFER : CAUTION;
        if (best !== worst) value = UNKNOWN;
      }
      out.push([value, verdict]);
    }
    if ([...EVENTS].some(s => f.standing[s] !== KNOWN)) out.push([UNKNOWN, ASK]);
    return out;
  }
  setting(rule, f) {
    const { names } = this;
    if (rule.closer.some(c => f.numbing.subjects.some(s => names.up[s].has(c)))) return [];
    const concerns = (wanted, of, test) => {
      if (!wanted.length) return YES;
      let value = of.open || of.unknown.length ? UNKNOWN : NO;
      for (const a of wanted) for (const b of of.subjects) value = Math.max(value, test(a, b));
      return value;
    };
    const below = (a, b) => truth(names.up[b].has(a));
    const concerned = Math.min(concerns(rule.areas, f.areas, (a, b) => names.share(a, b, names.overlap)),
                               concerns(rule.indications, f.indication, below), concerns(rule.products, f.numbing, below));
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
      if (e.atSession) continue;
      ask('unknown-area', e.unknownAreas.length);
      ask('contradiction', e.contradictions);
      if (e.section === 'sessions') continue;
      if (!e.subjects.length) ask('unknown-name');
      else if (e.doubtful) ask('doubtful-name');
      else if (e.subjects.length > 1) ask('ambiguous-name');
      else if (!belongs(kinds[e.subjects[0]], e.section)) ask('misplaced-name');
      else if (this.noRule[e.section].has(e.subjects[0])) found.push(['no-rule', 'consult']);
    }
    ask('unknown-area', f.areas.unknown.length);
    for (const a of f.areas.subjects) if (this.wide.has(a)) ask('wide-area');
    const named = { indication: f.indication, device: f.device, numbing: f.numbing, add_ons: f.add_on };
    for (const [place, names] of Object.entries(named)) {
      ask('unknown-session-fact', names.unknown.length);
      for (const s of names.subjects) if (this.noRule[place].has(s)) found.push(['no-rule', 'consult']);
    }
    ask('implied-illness', this.implied(f));
    const answers = f.profile.answers ?? {}, wishes = f.profile.preferences;
    for (const id in answers) if (!this.questions.has(id)) ask('unknown-answer');
    if (given(wishes)) ask('unknown-preference', Array.isArray(wishes) ? wishes.length : 1);
    if (f.day === null || f.areas.open || f.areas.none) asks = true;
    if (f.day !== null && f.day < this.asOf) ask('session-past');
    const birth = f.profile.client.birth_date;
    if (given(birth) && when(birth).first > this.asOf) ask('contradiction');
    const protocol = f.session.protocol;
    if (!given(protocol)) asks = true;
    else if (fold(protocol) !== fold(this.pack.id) && f.protocol.subjects[0] !== this.pack.id) found.push(['protocol-not-covered', 'avoid']);
    const dated = key => given(f.asked(key)) && dayOf(f.asked(key)) <= this.asOf;
    const stage = f.profile.life_stage;
    const staged = (stage !== null && typeof stage === 'object' ? Object.values(stage) : [stage]).some(v => !isOpen(v));
    const answered = SECTIONS.filter(s => !isOpen(f.profile[s])).concat(staged ? ['life_stage'] : []);
    const saidAny = Object.values(answers).some(v => !isOpen(v));
    if (!f.askedAny || answered.some(key => !dated(key)) || (saidAny && !dated('answers'))) asks = true;
    if (Object.keys(answers).length) answered.push('answers');
    if (f.day !== null && this.mustAskAgain(f, answered)) found.push(['ask-again', 'prepare']);
    return { found, waiting: new Set(), asks };
  }
  /** Whether answers hold today and are too old on the session's day. */
  mustAskAgain(f, answered) {
    const { valid } = this.pack;
    return answered.some(key => {
      const asked = f.asked(key);
      if (!given(asked) || dayOf(asked) > this.asOf) return false;
      const last = after(dayOf(asked), key === 'life_stage' ? valid.life_stage : valid.answers);
      return this.asOf <= last && last < f.day;
    });
  }
  /** How many times a medicine is taken for illnesses of which none is listed. */
  implied(f) {
    if (f.standing.conditions !== KNOWN) return 0;
    const { implies, valid } = this.pack;
    const longAgo = e => !e.ongoing && e.last_used !== null && after(e.last_used.last, valid.answers) < this.asOf;
    const listed = illness => f.entries.some(e => e.section === 'conditions' && e.isA(new Set([illness]), this.names) === YES);
    let count = 0;
    for (const e of f.entries) {
      if (!USES.has(e.section) || e.subjects.length !== 1 || longAgo(e)) continue;
      for (const wider of this.names.up[e.subjects[0]]) if (wider in implies && !implies[wider].some(listed)) count++;
    }
    return count;
  }
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
  // What may hold fires; what is denied may hold unless the fact is sure.
  test(fact, denied = false) { return { fact, operator: 'greaterThanInclusive', value: denied ? YES : UNKNOWN }; }
  conditionsOf(c, at, denied = false) {
    if (c.op === 'all' || c.op === 'any') return { [c.op]: c.terms.map(t => this.conditionsOf(t, at, denied)) };
    if (c.op === 'not') return { not: this.conditionsOf(c.terms[0], at, !denied) };
    const fact = `leaf${at}_${this.leaves.get(at)?.length ?? 0}`;
    if (!this.leaves.has(at)) this.leaves.set(at, []);
    this.leaves.get(at).push([fact, c, denied]);
    return this.test(fact, denied);
  }
  async judge(f) {
    const out = this.own(f), facts = {}, outcomes = new Map();
    for (const at of this.candidates(f)) {
      const rule = this.rules[at];
      if (rule.kind === 'condition') {
        for (const [fact, c, denied] of this.leaves.get(at))
          facts[fact] = new Truths(f, this.names, rule.scope, rule, denied).of(c)[0];
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
