import { basename, dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, positionAt, renderDiagnostics } from '../diagnostics';
import { composeConfig, composeRecipe } from '../hydra/api';
import { describePlan, describeResult, planAsJson } from '../sweeps/describe';
import type { SweepRequest } from '../sweeps/sweep';
import { generateSweep, planSweep } from '../sweeps/sweep';
import { openSource } from '../torchtune';

/** Where a command writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether problems are drawn in colours. */
  readonly color: boolean;
}

const USAGE = `nx-trainyard: training recipes and experiments, without Nx

  nx-trainyard generate FILE       write the configs of an experiment
  nx-trainyard plan FILE           print its plan, write nothing
  nx-trainyard base NAME           print a torchtune base config
  nx-trainyard base --list [PREFIX]  list base configs and their recipes
  nx-trainyard compose FILE [OVERRIDE ...]
                                   print a composed Hydra config, or with --recipes DIR a recipe

  --json            print JSON, also for problems
  --strict          treat warnings as errors
  --torchtune WHERE embedded (default), installed, or a folder
  --root DIR        the workspace (default: the current folder)
  --launcher-config FILE
                    the launcher configuration, from the root, for sweeps over recipes
  --recipes DIR     compose FILE as a recipe of this folder
  --search-path DIR a further folder of configs; may be repeated
  --sort-keys       sort the keys of every mapping
  --resolve         resolve interpolations
`;

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      resolve: { type: 'boolean', default: false },
      'sort-keys': { type: 'boolean', default: false },
      torchtune: { type: 'string' },
      root: { type: 'string' },
      recipes: { type: 'string' },
      'launcher-config': { type: 'string' },
      'search-path': { type: 'string', multiple: true },
    },
  });
}

type Options = ReturnType<typeof parse>['values'];

/**
 * Runs one command. Results go to standard output and nothing else does, so that programs can read
 * them; warnings and problems go to standard error.
 *
 * @returns the exit code: 0, 1 for problems in the user's files, 2 for a wrong call
 */
export function runCli(args: readonly string[], terminal: Terminal): number {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (cause) {
    terminal.err(`${(cause as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const { values: options, positionals } = parsed;
  const [command, ...operands] = positionals;
  if (options.help || command === undefined) {
    (options.help ? terminal.out : terminal.err)(USAGE);
    return options.help ? 0 : 2;
  }
  const run = COMMANDS[command];
  if (!run) {
    terminal.err(`there is no command '${command}'\n\n${USAGE}`);
    return 2;
  }
  try {
    return run(operands, options, terminal);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    if (options.json) terminal.out(`${toJson({ ok: false, problems: cause.diagnostics.map(asJson) })}\n`);
    else terminal.err(`${renderDiagnostics(cause.diagnostics, { color: terminal.color })}\n`);
    return 1;
  }
}

type Command = (operands: readonly string[], options: Options, terminal: Terminal) => number;

const COMMANDS: Readonly<Record<string, Command>> = { generate, plan, base, compose };

function wrongCall({ err }: Terminal, message: string): number {
  err(`${message}\n\n${USAGE}`);
  return 2;
}

function sweepRequest(file: string, options: Options): SweepRequest {
  const root = resolve(options.root ?? '.');
  return {
    file: resolve(file),
    root,
    strict: options.strict,
    ...(options.torchtune !== undefined && { torchtune: options.torchtune }),
    ...(options['launcher-config'] !== undefined && { launcherConfig: options['launcher-config'] }),
  };
}

function generate(operands: readonly string[], options: Options, terminal: Terminal): number {
  const [file, ...more] = operands;
  if (file === undefined || more.length > 0) return wrongCall(terminal, 'generate takes one file');
  const result = generateSweep(sweepRequest(file, options));
  const folder = relative(process.cwd(), result.folder) || '.';
  if (options.json) {
    const { total, changed, warnings, plan: planned } = result;
    terminal.out(
      `${toJson({
        ok: true,
        folder,
        total,
        changed,
        base: planned.base.origin,
        recipe: planned.base.recipe,
        warnings: warnings.map(asJson),
      })}\n`,
    );
  } else terminal.out(`${describeResult(result, folder)}\n`);
  return 0;
}

function plan(operands: readonly string[], options: Options, terminal: Terminal): number {
  const [file, ...more] = operands;
  if (file === undefined || more.length > 0) return wrongCall(terminal, 'plan takes one file');
  const planned = planSweep(sweepRequest(file, options));
  terminal.out(options.json ? `${toJson(planAsJson(planned))}\n` : `${describePlan(planned)}\n`);
  return 0;
}

function base(operands: readonly string[], options: Options, terminal: Terminal): number {
  const [name, ...more] = operands;
  const source = openSource(options.torchtune ?? 'embedded', {
    root: resolve(options.root ?? '.'),
    env: process.env,
  });
  if (options.list) {
    const list = source.list(name);
    const width = Math.max(0, ...list.map((entry) => entry.name.length));
    const lines = list.map((entry) => `${entry.name.padEnd(width)}  ${entry.recipe}\n`);
    terminal.out(options.json ? `${toJson(list)}\n` : lines.join(''));
    return 0;
  }
  if (name === undefined || more.length > 0) return wrongCall(terminal, 'base takes one name');
  const loaded = source.load(name);
  if (loaded.kind === 'not found') throw new DiagnosticError(loaded.diagnostic);
  const { recipe, distributed, sha256, source: text } = loaded.config;
  if (options.json) terminal.out(`${toJson({ name, recipe, distributed, sha256, text: text.text })}\n`);
  else terminal.out(text.text);
  return 0;
}

function compose(operands: readonly string[], options: Options, terminal: Terminal): number {
  const [file, ...overrides] = operands;
  if (file === undefined) return wrongCall(terminal, 'compose takes a file');
  const composition = options.recipes
    ? composeRecipe({
        recipesDir: resolve(options.recipes),
        recipe: file.replace(/\.yaml$/, ''),
        overrides,
      })
    : composeConfig({
        configDir: dirname(resolve(file)),
        configName: basename(file),
        overrides,
        ...(options['search-path'] && { searchPath: options['search-path'].map((path) => resolve(path)) }),
      });
  if (composition.warnings.length > 0) {
    terminal.err(`${renderDiagnostics(composition.warnings, { color: terminal.color })}\n`);
  }
  const { resolve: resolved, 'sort-keys': sortKeys } = options;
  terminal.out(
    options.json
      ? `${toJson(composition.toJS({ resolve: resolved }))}\n`
      : composition.toYaml({ resolve: resolved, sortKeys }),
  );
  return 0;
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item), 2);
}

/** A problem for programs. */
function asJson({ id, severity, message, place, hint }: Diagnostic): unknown {
  const where = place && { file: place.source.path, ...positionAt(place.source, place.start) };
  return { id, severity, message, ...where, hint };
}
