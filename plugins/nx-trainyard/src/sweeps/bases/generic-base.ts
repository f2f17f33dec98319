import type { Diagnostic, Location, SourceText } from '../../diagnostics';
import { DiagnosticError, didYouMean, error, throwDiagnostic } from '../../diagnostics';
import type { SweepBase } from './base';
import { NO_RULES, outputDirsOf } from './base';
import type { FrameworkConfig, RunResources, WrittenKey } from '../experiment/experiment';
import { pyyamlVersionWarnings } from '../../yaml/reader/pyyaml-versions';
import { resolvePlainKey } from './plain-keys';
import { locationIn } from '../../yaml/value/scalar-location';
import { splitWords } from '../../bash/words';
import { fileOrigin, readBase } from './torchtune-base';

/** Any YAML file as a base config. */
export function genericBase(config: FrameworkConfig, text: SourceText, file: string): SweepBase {
  const { base, command } = config;
  if (base.kind !== 'file') throw new Error('the base config is not a file');
  const value = readBase(text);
  const words = command && splitCommand(command);
  return {
    framework: 'generic',
    origin: fileOrigin(base.path, text),
    text,
    value,
    warnings: pyyamlVersionWarnings(text),
    recipe: undefined,
    outputDirs: outputDirsOf(config, value),
    jobName: undefined,
    files: [file],
    // As it was before resources could reach it: a finished run keeps its fingerprint.
    runner: words?.join(' ').replaceAll('{config}', '') ?? 'generic',
    uses: new Set(RESOURCES.filter((name) => words?.some((word) => word.includes(`{${name}}`)))),
    command: (configFile, resources) =>
      words?.map((word) => fill(word, configFile, resources, command?.location)),
    resolveKey: (name) => resolvePlainKey(name, value),
    readValue: (_path, written) => ({ kind: 'value', value: written }),
    rules: NO_RULES,
  };
}

/** The resources that may stand in a command. */
const RESOURCES = ['gpus', 'nodes'] as const;

/** A word of the command with its placeholders filled. */
function fill(
  word: string,
  configFile: string,
  { gpus, nodes = 1 }: RunResources,
  location: Location | undefined,
): string {
  return word.replace(/\{(config|gpus|nodes)\}/g, (_, name) => {
    if (name === 'config') return configFile;
    if (name === 'nodes') return String(nodes);
    if (gpus !== undefined) return String(gpus);
    return throwDiagnostic(
      'ExperimentSchema',
      "'command' uses '{gpus}', but the experiment requests no GPUs",
      {
        ...(location && { location }),
        hint: "Write 'resources: {gpus: 1}', or another number.",
      },
    );
  });
}

/**
 * The command's words; quotes keep a word together.
 *
 * @throws DiagnosticError with all that is wrong with it
 */
function splitCommand({ name, location }: WrittenKey): string[] {
  const problems: Diagnostic[] = unknownPlaceholders(name, location);
  const report = (message: string, hint: string): void => {
    problems.push(error('ExperimentSchema', message, { location, hint }));
  };
  // What is nearly '{config}' is told as such.
  const isNearly = problems.some(({ hint }) => hint?.includes("'{config}'"));
  if (!name.includes('{config}') && !isNearly) {
    report(
      "'command' does not say where the run's config goes",
      "Write {config} where the file belongs, as in 'axolotl train {config}'.",
    );
  }
  const needsShell = shellSyntaxIn(name);
  if (needsShell !== undefined) {
    report(
      `'command' runs without a shell, but '${needsShell}' needs one`,
      "Write one program with its arguments, or 'bash my_script.sh {config}'.",
    );
  }
  const words = splitWords(name);
  if (!words) {
    report("a quote in 'command' is not closed", 'Close it, or write \\ before a literal quote.');
  }
  if (!words || problems.length > 0) throw new DiagnosticError(problems);
  return words;
}

const FILLED = ['config', ...RESOURCES];
/** Resources that reach no command: each is as it is written. */
const OTHERS = ['cpus', 'mem', 'time'];

/** Each `{name}` of a command that nothing fills in, once; `${name}` is a shell's. */
function unknownPlaceholders(command: string, whole: Location): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const { 0: written, 1: name = '', index } of command.matchAll(/(?<!\$)\{([\w.-]+)\}/g)) {
    if (FILLED.includes(name) || found.has(name)) continue;
    const message = `'${written}' stands for nothing in 'command'`;
    const names = FILLED.map((each) => `{${each}}`);
    const near = OTHERS.includes(name) ? undefined : didYouMean(written, names);
    const location = locationIn(command, whole, { start: index, end: index + written.length });
    const hint =
      near ??
      "Remove it: only {config}, the run's file, and {gpus} and {nodes} are filled in. The program reads the rest from that file.";
    found.set(name, error('ExperimentSchema', message, { location, hint }));
  }
  return [...found.values()];
}

/** What only a shell would understand, outside of quotes: `|`, `&&`, `> file`, `$HOME`, `A=1 program`. */
function shellSyntaxIn(command: string): string | undefined {
  const bare = command.replace(/'[^']*'|"(?:\\.|[^"\\])*"|\\./g, '_');
  return /^\w+=\S*|[|&;<>`]+|\$[\w({]\S*/.exec(bare)?.[0];
}
