import type { SourceText } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';

/** Hydra looks for a header in the first 512 characters only. */
const HEADER_LENGTH = 512;

/** What `str.splitlines` takes for a line end. */
// eslint-disable-next-line no-control-regex
const PYTHON_LINE_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** What `str.strip` takes away: not a byte order mark, which `trim` would. */
// eslint-disable-next-line no-control-regex
const PYTHON_MARGIN = /^(?:[^\S\ufeff]|[\x1c-\x1f\x85])+|(?:[^\S\ufeff]|[\x1c-\x1f\x85])+$/g;

/**
 * The package that a file's header comment (`# @package X`) gives. The header is the run of `# @…`
 * lines at the top; the first other line ends it, so a comment above it switches it off, and so does
 * a byte order mark. (Hydra 1.3)
 */
export function packageHeader(source: SourceText): string | undefined {
  const text = source.text.slice(0, HEADER_LENGTH);
  let found: string | undefined;
  let start = 0;
  for (const line of text.split(PYTHON_LINE_BREAK)) {
    const trimmed = line.replace(PYTHON_MARGIN, '');
    if (trimmed !== '') {
      if (!/^#\s*@/.test(trimmed)) break;
      const statement = trimmed.replace(/^#+/, '').replace(PYTHON_MARGIN, '');
      const [key = '', value, extra] = statement.split(' ').filter(Boolean);
      const location = { source, start, end: start + line.length };
      const hint = 'Write the header as: # @package some.package';
      if (value === undefined) {
        const message = `Expected header format: KEY VALUE, got '${statement}'`;
        throwDiagnostic('ValueError', message, { location, hint });
      }
      if (extra !== undefined) {
        throwDiagnostic('ValueError', `Too many components in '${statement}'`, { location, hint });
      }
      if (key === '@package') found = value;
    }
    start += line.length + (source.text.startsWith('\r\n', start + line.length) ? 2 : 1);
  }
  return found;
}
