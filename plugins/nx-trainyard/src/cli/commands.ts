import { basename, dirname, resolve } from 'node:path';
import { DiagnosticError, didYouMean, throwDiagnostic, renderDiagnostics } from '../diagnostics';
import { problemsIn } from '../files/system-error';
import { diagnosticAsJson } from '../diagnostics/as-json';
import { composeConfig, composeRecipe } from '../hydra/compose-on-disk';
import type { BaseSource } from '../trainers/torchtune';
import { openSource } from '../trainers/torchtune';
import type { Options } from './options';
import { parseCall, unknown, uselessOption } from './options';
import { generate, plan } from './sweep-commands';
import type { Terminal } from './terminal';
import { toJson, warn } from './terminal';
import { openWorkspace, searchPackagesFrom } from './workspace';

export type { Terminal } from './terminal';

const USAGE = `nx-trainyard: training recipes and experiments, without Nx

  nx-trainyard generate FILE       write an experiment's run configs
  nx-trainyard plan FILE           print an experiment's plan; write nothing
  nx-trainyard base NAME           print a torchtune base config
  nx-trainyard base --list [PREFIX]  list base configs and their recipes
  nx-trainyard compose FILE [OVERRIDE ...]
                                   print a composed Hydra config (with --recipes DIR, a recipe)

FILE is an experiment.yaml or the folder that contains it.

  --json            print JSON, including for errors
  --strict          treat warnings as errors
  --root DIR        the workspace (default: the nearest parent folder of FILE with an
                    nx.json, else the current folder)
  --torchtune WHERE embedded, installed, or a folder relative to the root (default: the
                    plugin's option in nx.json, else embedded)
  --launcher-config FILE
                    the launcher configuration for sweeps over recipes, relative to the root
                    (default: the plugin's option in nx.json)
  --recipes DIR     compose FILE as a recipe in this folder
  --search-package NAME=DIR
                    the folder of a Python package that a search path names as pkg://NAME,
                    relative to the root; repeatable (default: the plugin's option)
  --search-path DIR an additional config folder; repeatable
  --sort-keys       sort the keys of every mapping
  --resolve         resolve interpolations
`;

/**
 * Runs one command. Results go to standard output and nothing else does, so that programs can read
 * them; warnings and problems go to standard error.
 *
 * @returns the exit code: 0, 1 for problems in the user's files, 2 for a wrong call
 */
export function runCli(args: readonly string[], terminal: Terminal): number {
  let parsed: ReturnType<typeof parseCall>;
  try {
    parsed = parseCall(args);
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
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run) {
    const message = unknown(`unknown command '${command}'`, command, Object.keys(COMMANDS));
    return wrongCall(terminal, message);
  }
  const useless = uselessOption(command, options);
  if (useless !== undefined) return wrongCall(terminal, useless);
  try {
    return run(operands, options, terminal);
  } catch (cause) {
    const problems = problemsIn(cause, resolve(options.root ?? '.'));
    if (!problems) throw cause;
    if (options.json) terminal.out(toJson({ ok: false, problems: problems.map(diagnosticAsJson) }));
    else terminal.err(`${renderDiagnostics(problems, { color: terminal.color })}\n`);
    return 1;
  }
}

type Command = (operands: readonly string[], options: Options, terminal: Terminal) => number;

/** A command that is about one experiment file. */
function withFile(
  name: string,
  run: (file: string, options: Options, terminal: Terminal) => void,
): Command {
  return ([file, ...more], options, terminal) => {
    if (file === undefined || more.length > 0)
      return wrongCall(terminal, `'${name}' expects exactly one file`);
    run(file, options, terminal);
    return 0;
  };
}

const COMMANDS: Readonly<Record<string, Command>> = {
  generate: withFile('generate', generate),
  plan: withFile('plan', plan),
  base,
  compose,
};

function wrongCall({ err }: Terminal, message: string): number {
  err(`${message}\n\n${USAGE}`);
  return 2;
}

function base(operands: readonly string[], options: Options, terminal: Terminal): number {
  const [name, ...more] = operands;
  const { root, plugin } = openWorkspace(process.cwd(), options.root);
  const source = openSource(options.torchtune ?? plugin.torchtune, { root, env: process.env });
  if (options.list) {
    const list = source.list(name);
    if (list.length === 0) throwNoSuchBase(name ?? '', source);
    const width = Math.max(0, ...list.map((entry) => entry.name.length));
    const lines = list.map((entry) => `${entry.name.padEnd(width)}  ${entry.recipe}\n`);
    terminal.out(options.json ? toJson(list) : lines.join(''));
    return 0;
  }
  if (name === undefined || more.length > 0)
    return wrongCall(terminal, "'base' expects exactly one name");
  const loaded = source.load(name);
  if (loaded.kind === 'not found') throw new DiagnosticError(loaded.diagnostic);
  const { recipe, distributed, sha256, source: text } = loaded.config;
  if (options.json) terminal.out(toJson({ name, recipe, distributed, sha256, text: text.text }));
  else terminal.out(text.text);
  return 0;
}

function throwNoSuchBase(prefix: string, source: BaseSource): never {
  const names = source.list().map((entry) => entry.name);
  const folders = names.flatMap((name) => /^[^/]+\//.exec(name) ?? []);
  const hint = didYouMean(prefix, new Set([...names, ...folders]));
  return throwDiagnostic('BaseConfigNotFound', `no base config name starts with '${prefix}'`, {
    hint: hint ?? "Run 'base --list' without a prefix to list all names.",
  });
}

function compose(operands: readonly string[], options: Options, terminal: Terminal): number {
  const [file, ...overrides] = operands;
  if (file === undefined) return wrongCall(terminal, "'compose' expects a file");
  const { root, plugin } = openWorkspace(options.recipes ?? dirname(resolve(file)), options.root);
  const packages = Object.entries(searchPackagesFrom(options['search-package'], plugin));
  const searchPackages = Object.fromEntries(
    packages.map(([name, folder]) => [name, resolve(root, folder)]),
  );
  const composition = options.recipes
    ? composeRecipe({
        recipesDir: resolve(options.recipes),
        recipe: file.replace(/\.yaml$/, ''),
        overrides,
        searchPackages,
      })
    : composeConfig({
        configDir: dirname(resolve(file)),
        configName: basename(file),
        overrides,
        searchPackages,
        ...(options['search-path'] && {
          searchPath: options['search-path'].map((path) => resolve(path)),
        }),
      });
  warn(terminal, composition.warnings);
  const { resolve: resolved, 'sort-keys': sortKeys } = options;
  terminal.out(
    options.json
      ? toJson(composition.toJS({ resolve: resolved }))
      : composition.toYaml({ resolve: resolved, sortKeys }),
  );
  return 0;
}
