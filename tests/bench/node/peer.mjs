// The work of needleplan done as one would in Node. A yardstick, nothing more.
//
//   node peer.mjs --pack pack.json --as-of DATE [--days N] [--parser js-yaml|yaml] [--rules hand|engine]
//                 [--templates handlebars|nunjucks] [--only parse|check] (FILE | --list LIST --root DIR) -o OUT
//
// Reads a stream (.yaml or .ndjson) and writes one, or reads the files of a list and writes one for each into the folder OUT.
// With --only check a line of JSON for each client says the verdict, the rules that fired and those that wait for an answer.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { dayOf } from './facts.mjs';
import { EngineJudge, Judge } from './judge.mjs';
import { renderer, Sheets } from './sheet.mjs';

const text = { type: 'string' };
const { values: a, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pack: text, 'as-of': text, days: { ...text, default: '7' }, parser: { ...text, default: 'js-yaml' },
    rules: { ...text, default: 'hand' }, templates: { ...text, default: 'handlebars' }, only: text, list: text,
    root: { ...text, default: '.' }, out: { ...text, short: 'o' },
  },
});
const pack = JSON.parse(fs.readFileSync(a.pack, 'utf8')), asOf = dayOf(a['as-of']);
const judge = a.rules === 'engine' ? new EngineJudge(pack, asOf, await import('json-rules-engine')) : new Judge(pack, asOf);
const sheets = a.only ? null : new Sheets(pack, judge, asOf, +a.days, await renderer(a.templates));

let load = JSON.parse;
if (a.list || !positionals[0].endsWith('.ndjson'))
  load = a.parser === 'yaml' ? (await import('yaml')).parse : (await import('js-yaml')).load;

async function work(profile) {
  if (a.only === 'parse') return '';
  const facts = judge.facts(profile), judged = await judge.judge(facts);
  if (!a.only) return sheets.write(facts, judged.verdict);
  const order = (x, y) => x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : x[1] < y[1] ? -1 : x[1] > y[1] ? 1 : 0;
  return `${JSON.stringify({ client: profile.client.id, verdict: judged.verdict, rules: judged.found.sort(order),
                             waiting: [...judged.waiting].sort() })}\n`;
}

if (a.list) {
  for (const name of fs.readFileSync(a.list, 'utf8').split('\n').filter(Boolean)) {
    const profile = load(fs.readFileSync(path.join(a.root, name), 'utf8'));
    fs.writeFileSync(path.join(a.out, `${profile.client.id}.txt`), await work(profile));
  }
} else {
  const input = fs.readFileSync(positionals[0], 'utf8'), out = fs.openSync(a.out, 'w');
  let ready = [], size = 0;
  const mark = load === JSON.parse ? '\n' : '\n---\n';
  for (let at = input.startsWith('---\n') ? 4 : 0; at < input.length;) {
    const end = input.indexOf(mark, at), next = end < 0 ? input.length : end;
    const record = input.slice(at, next);
    if (record.trim()) {
      const piece = await work(load(record));
      ready.push(piece);
      size += piece.length;
      if (size > 1 << 20) { fs.writeSync(out, ready.join('')); ready = []; size = 0; }
    }
    at = next + mark.length;
  }
  fs.writeSync(out, ready.join(''));
  fs.closeSync(out);
}
