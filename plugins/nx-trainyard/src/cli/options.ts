import { parseArgs } from 'node:util';
import { didYouMean } from '../diagnostics';

const OPTIONS = {
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
  'search-package': { type: 'string', multiple: true },
  'search-path': { type: 'string', multiple: true },
} as const;

type OptionName = keyof typeof OPTIONS;

const EVERYWHERE: readonly OptionName[] = ['json', 'help', 'root'];
const SWEEP: readonly OptionName[] = ['strict', 'torchtune', 'launcher-config', 'search-package'];

/** The options that each command reads, beside those that all read. */
const READ_BY: Readonly<Record<string, readonly OptionName[]>> = {
  generate: SWEEP,
  plan: SWEEP,
  base: ['list', 'torchtune'],
  compose: ['recipes', 'search-package', 'search-path', 'sort-keys', 'resolve'],
};

/**
 * The words and options of a call.
 *
 * @throws Error that says what is wrong with the options
 */
export function parseCall(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException;
    const [, name] = /^Unknown option '--?([^']*)'/.exec(message) ?? [];
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || name === undefined) throw cause;
    throw new Error(unknown(`unknown option '--${name}'`, name, Object.keys(OPTIONS)), {
      cause,
    });
  }
}

export type Options = ReturnType<typeof parseCall>['values'];

/** An option that a command does not read, and that would do nothing; undefined where there is none. */
export function uselessOption(command: string, options: Options): string | undefined {
  const read = [...EVERYWHERE, ...(READ_BY[command] ?? [])];
  const given = Object.entries(options).filter(([, value]) => value !== false);
  const useless = given.find(([name]) => !(read as readonly string[]).includes(name));
  if (!useless) return undefined;
  const others = Object.keys(READ_BY).filter((other) =>
    (READ_BY[other] as readonly string[]).includes(useless[0]),
  );
  return `'${command}' does not support --${useless[0]}; only ${others.join(' and ')} can use it`;
}

/** What is not there, with the nearest that is. */
export function unknown(message: string, name: string, known: readonly string[]): string {
  const hint = didYouMean(name, known);
  return hint === undefined ? message : `${message}. ${hint}`;
}
