import { checkArgument, checkRequest, isObject, optional, required } from './api-arguments';
import type { Properties } from './api-arguments';
import * as diagnostics from './diagnostics';
import type { Diagnostic, SourceText } from './diagnostics';
import * as hydra from './hydra/compose-on-disk';
import type { ComposeRequest } from './hydra/request';
import { Composition } from './hydra/composition';
import * as explain from './hydra/explain';
import type { RecipeRequest } from './hydra/recipe';
import * as sweeps from './sweeps/sweep';
import type { SweepRequest } from './sweeps/sweep';
import type { Dialect } from './yaml/reader/construct';
import * as reading from './yaml/reader/read';
import * as writing from './yaml/writer/to-yaml';
import type { YamlList, YamlMap, YamlValue } from './yaml/value/value';

/*
 * The functions of the public API, each around the one of its room: what they are called with is
 * checked here, since callers in JavaScript have no compiler.
 */

type RenderOptions = NonNullable<Parameters<typeof diagnostics.renderDiagnostic>[1]>;
type ToYamlOptions = NonNullable<Parameters<typeof writing.toYaml>[1]>;

const COMPOSE: Properties<ComposeRequest> = {
  configDir: required('text'),
  configName: required('text'),
  searchPath: optional('texts'),
  searchPackages: optional('folders'),
  overrides: optional('texts'),
};
const RECIPE: Properties<RecipeRequest> = {
  recipesDir: required('text'),
  recipe: required('text'),
  overrides: optional('texts'),
  searchPackages: optional('folders'),
};
const SWEEP: Properties<SweepRequest> = {
  file: required('text'),
  root: optional('text'),
  torchtune: optional('text'),
  launcherConfig: optional('text'),
  searchPackages: optional('folders'),
  env: optional('environment'),
  strict: optional('flag'),
  defaultCluster: optional('text'),
};
const RENDER: Properties<RenderOptions> = { color: optional('flag') };
const TO_YAML: Properties<ToYamlOptions> = { sortKeys: optional('flag') };
const SOURCE: Properties<SourceText> = { path: required('text'), text: required('text') };
const DIALECTS: readonly unknown[] = ['omegaconf', 'pyyaml'];

/** Composes a config as Hydra 1.3 does. @throws DiagnosticError */
export function compose(request: ComposeRequest): Composition {
  checkRequest('compose', request, COMPOSE);
  return hydra.composeConfig(request);
}

/** Composes a recipe of a collection. @throws DiagnosticError */
export function composeRecipe(request: RecipeRequest): Composition {
  checkRequest('composeRecipe', request, RECIPE);
  return hydra.composeRecipe(request);
}

/** Where the value of a key comes from, entry by entry of the defaults list. @throws DiagnosticError */
export function explainKey(composition: Composition, key: string): explain.ExplainedEntry[] {
  const isComposition = (value: unknown): boolean => value instanceof Composition;
  checkArgument('explainKey', composition, isComposition, 'what compose or composeRecipe returns');
  checkArgument(
    'explainKey',
    key,
    (value) => typeof value === 'string',
    'a dotted key as a string',
  );
  return explain.explainKey(composition, key);
}

/** Plans a sweep and writes nothing. @throws DiagnosticError with everything that is wrong */
export function planSweep(request: SweepRequest): ReturnType<typeof sweeps.planSweep> {
  checkRequest('planSweep', request, SWEEP);
  return sweeps.planSweep(request);
}

/** Plans a sweep and writes it to `configs/` beside the experiment. @throws DiagnosticError */
export function generateSweep(request: SweepRequest): ReturnType<typeof sweeps.generateSweep> {
  checkRequest('generateSweep', request, SWEEP);
  return sweeps.generateSweep(request);
}

/** Reads a YAML text as OmegaConf or PyYAML does. @throws DiagnosticError */
export function readYaml(source: SourceText, dialect: Dialect = 'omegaconf'): YamlValue {
  checkRequest('readYaml', source, SOURCE);
  const isDialect = (value: unknown): boolean => DIALECTS.includes(value);
  checkArgument('readYaml', dialect, isDialect, "'omegaconf' or 'pyyaml'");
  return reading.readYaml(source, dialect);
}

/** Writes a value as OmegaConf's `to_yaml` does. @throws DiagnosticError */
export function toYaml(value: YamlMap | YamlList, options: ToYamlOptions = {}): string {
  const isYaml = (item: unknown): boolean =>
    isObject(item) && (item['kind'] === 'map' || item['kind'] === 'list');
  checkArgument('toYaml', value, isYaml, 'a mapping or a list as readYaml returns it');
  checkRequest('toYaml', options, TO_YAML);
  return writing.toYaml(value, options);
}

const isDiagnostic = (value: unknown): boolean =>
  isObject(value) && typeof value['id'] === 'string' && typeof value['message'] === 'string';

/** One problem as people read it. @throws DiagnosticError */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  checkArgument('renderDiagnostic', diagnostic, isDiagnostic, 'a diagnostic');
  checkRequest('renderDiagnostic', options, RENDER);
  return diagnostics.renderDiagnostic(diagnostic, options);
}

/** Several problems, separated by empty lines. @throws DiagnosticError */
export function renderDiagnostics(all: readonly Diagnostic[], options: RenderOptions = {}): string {
  const areDiagnostics = (value: unknown): boolean =>
    Array.isArray(value) && value.every(isDiagnostic);
  checkArgument('renderDiagnostics', all, areDiagnostics, 'an array of diagnostics');
  checkRequest('renderDiagnostics', options, RENDER);
  return diagnostics.renderDiagnostics(all, options);
}
