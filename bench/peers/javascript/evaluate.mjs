// evaluate.mjs - a library applied to records by cql-execution with cql-exec-fhir.
//
// Usage: node evaluate.mjs ELM.json RECORDS.ndjson AS-OF values|time
//
// values: {"record":"Patient/ID","results":{DEFINE: VALUE}}, a line a record, to be compared.
// time: one line, { cold, warm, records }: the seconds from the start of the process to the first
// record's values, and the records a second of the best of three passes that follow a first.
import { readFileSync } from 'node:fs';
import cql from 'cql-execution';
import fhir from 'cql-exec-fhir';

const [elmPath, recordsPath, asOf, purpose] = process.argv.slice(2);

const typeName = (info) => info.name.replace('FHIR.', '');
const isResource = (value) =>
  value.getTypeInfo().parentClasses().some((info) => typeName(info) === 'Resource');

function plain(value) {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (value.isDateTime || value.isDate) return value.toString();
  if (value.isQuantity) return { value: value.value, unit: value.unit };
  if (value.isInterval) {
    const { low, lowClosed, high, highClosed } = value;
    return { low: plain(low), lowClosed, high: plain(high), highClosed };
  }
  if (value.getTypeInfo) {
    if (!isResource(value)) return plain(value.value);
    return `${typeName(value.getTypeInfo())}/${value.getId()}`;
  }
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

const elm = JSON.parse(readFileSync(elmPath, 'utf8'));
const library = new cql.Library(elm.main, new cql.Repository({ helpers: elm.helpers }));
const executor = new cql.Executor(library);
const now = cql.DateTime.parse(`${asOf}T00:00:00.000+00:00`);
const source = fhir.PatientSource.FHIRv401();

async function evaluate(line) {
  source.reset();
  source.loadBundles([JSON.parse(line)]);
  const { patientResults } = await executor.exec(source, now);
  return Object.entries(patientResults)[0];
}

async function values(lines) {
  for (const line of lines) {
    const [id, results] = await evaluate(line);
    delete results.Patient;
    console.log(JSON.stringify({ record: `Patient/${id}`, results: plain(results) }));
  }
}

async function time(lines) {
  await evaluate(lines[0]);
  const cold = performance.now() / 1000;
  let warm = 0;
  for (let pass = 0; pass < 4; pass++) {
    const begun = performance.now();
    for (const line of lines) await evaluate(line);
    if (pass > 0) warm = Math.max(warm, lines.length * 1000 / (performance.now() - begun));
  }
  console.log(JSON.stringify({ cold, warm, records: lines.length }));
}

const lines = readFileSync(recordsPath, 'utf8').trimEnd().split('\n');
await (purpose === 'time' ? time : values)(lines);
