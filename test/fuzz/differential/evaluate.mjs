// evaluate.mjs - each define of a library, translated and evaluated by cql-execution.
//
// Usage: node evaluate.mjs LIBRARY.cql AS-OF
//
// One define a line in the library, one JSON object a line out, in that order:
// {"name", "value"}, or {"name", "error", "stage": "translate"|"evaluate"}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import cql from 'cql-execution';
import { SystemModelInfoProvider } from '@cqframework/cql/cql';
import { CqlTranslator, LibraryManager, ModelManager, createUcumService }
  from '@cqframework/cql/cql-to-elm';

const [path, asOf] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const units = createRequire(import.meta.url)('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();

function convert(value, from, to) {
  const made = units.convertUnitTo(from, Number(value), to);
  if (made.status !== 'succeeded') throw new Error(`${from} is not ${to}`);
  return String(made.toVal);
}
const invalid = (unit) =>
  units.validateUnitString(unit).status === 'valid' ? null : `${unit} is no unit`;

const models = new ModelManager();
models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
const libraries = new LibraryManager(models, undefined, undefined,
  createUcumService(convert, invalid, (a) => a, (a) => a));
const elm = JSON.parse(CqlTranslator.fromText(text, libraries).toJson());

const refused = new Map(); // line: message
for (const note of elm.library.annotation ?? []) {
  if (note.errorSeverity === 'error') refused.set(note.startLine, note.message);
}

function plain(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return { number: String(value) };
  if (typeof value === 'number') return { number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (value.isDateTime || value.isDate) return value.toString();
  if (value.isQuantity) return { value: plain(value.value), unit: value.unit ?? '1' };
  if (value.isUncertainty) return { low: plain(value.low), high: plain(value.high) };
  if (value.isInterval) {
    const { low, lowClosed, high, highClosed } = value;
    return { low: plain(low), high: plain(high), lowClosed, highClosed };
  }
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

const library = new cql.Library(elm, new cql.Repository({}));
const now = cql.DateTime.parse(asOf);
const results = new cql.Results();

async function evaluate(name) {
  const context = new cql.UnfilteredContext(library, results, undefined, {}, now);
  return plain(await library.expressions[name].execute(context));
}

const lines = text.split('\n');
for (let i = 0; i < lines.length; i++) {
  const name = /^define (\w+):/.exec(lines[i])?.[1];
  if (name === undefined) continue;
  let made;
  try {
    made = refused.has(i + 1) ? { error: refused.get(i + 1), stage: 'translate' }
                              : { value: await evaluate(name) };
  } catch (error) {
    made = { error: String(error.message ?? error), stage: 'evaluate' };
  }
  console.log(JSON.stringify({ name, ...made }));
}
