// translate.mjs - CQL to ELM with the reference translator (@cqframework/cql), for cql-execution.
//
// Usage: node translate.mjs LIBRARY.cql HELPERS.cql OUT.json
//
// OUT.json holds { main, helpers }: the library and FHIRHelpers, each as ELM.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SystemModelInfoProvider } from '@cqframework/cql/cql';
import { CqlTranslator, LibraryManager, ModelManager, createLibrarySourceProvider,
  createModelInfoProvider, createUcumService, stringAsSource } from '@cqframework/cql/cql-to-elm';

const [libraryPath, helpersPath, outPath] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const modelPath = require.resolve('cql-exec-fhir/lib/modelInfos/fhir-modelinfo-4.0.1.xml');
const fhir = readFileSync(modelPath, 'utf8');
const helpers = readFileSync(helpersPath, 'utf8');

const models = new ModelManager();
models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
models.modelInfoLoader.registerModelInfoProvider(
  createModelInfoProvider((name) => name === 'FHIR' ? stringAsSource(fhir) : null));
const ucum = createUcumService((value) => value, () => null, (a) => a, (a) => a);
const libraries = new LibraryManager(models, undefined, undefined, ucum);
libraries.librarySourceLoader.registerProvider(
  createLibrarySourceProvider((name) => name === 'FHIRHelpers' ? stringAsSource(helpers) : null));

function translate(text) {
  const translator = CqlTranslator.fromText(text, libraries);
  const elm = JSON.parse(translator.toJson());
  const errors = (elm.library.annotation ?? []).filter((note) => note.errorSeverity === 'error');
  for (const { startLine, message } of errors) {
    console.error(`error: ${elm.library.identifier.id}:${startLine}: ${message}`);
  }
  if (errors.length > 0) process.exit(1);
  return elm;
}

const main = translate(readFileSync(libraryPath, 'utf8'));
writeFileSync(outPath, JSON.stringify({ main, helpers: translate(helpers) }));
