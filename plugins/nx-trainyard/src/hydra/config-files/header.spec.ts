import type { DiagnosticError } from '../../diagnostics';
import { renderDiagnostics } from '../../diagnostics';
import { packageHeader } from './header';

const header = (text: string): string | undefined => packageHeader({ path: 'fsdp.yaml', text });

describe('the package header', () => {
  it('is a comment at the top, with any number of spaces', () => {
    for (const text of [
      '# @package a.b',
      '#@package a.b',
      '#  @package   a.b ',
      '\n\n # @package a.b',
    ]) {
      expect(header(`${text}\nlr: 1\n`)).toBe('a.b');
    }
  });

  it('is the last of several', () => {
    expect(header('# @author me\n# @package a\n# @package b\n')).toBe('b');
  });

  it('is switched off by what stands before it: a comment, a second #, a document marker, a byte order mark', () => {
    for (const above of ['# Adam\n', '#', '---\n', 'lr: 1\n', '\ufeff']) {
      expect(header(`${above}# @package a\n`)).toBeUndefined();
    }
  });

  it('stands in the first 512 characters', () => {
    expect(header(`${' '.repeat(400)}\n# @package a\n`)).toBe('a');
    expect(header(`${' '.repeat(512)}\n# @package a\n`)).toBeUndefined();
  });

  it('ends its line as Python ends lines', () => {
    for (const end of ['\n', '\r\n', '\r', '\v', '\x85', '\u2028']) {
      expect(header(`# @package a${end}lr: 1`)).toBe('a');
    }
  });

  it.each([
    ['# @package', "Expected header format: KEY VALUE, got '@package'"],
    ['# @package a b', "Too many components in '@package a b'"],
    ['# @package\ta', "Expected header format: KEY VALUE, got '@package\ta'"],
  ])('%j is refused with its place and the form to write', (line, message) => {
    let text = '';
    try {
      header(`# @x y\n${line}\nlr: 1\n`);
    } catch (cause) {
      text = renderDiagnostics((cause as DiagnosticError).diagnostics);
    }
    expect(text).toContain(`fsdp.yaml:2:1: error [ValueError] ${message}`);
    expect(text).toContain('hint: Write the header as: # @package some.package');
  });
});
