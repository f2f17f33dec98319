import type { SourceText } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';
import type { Dialect } from './construct';
import { construct } from './construct';
import { parseYaml } from './parser';
import type { YamlValue } from '../value/value';

/** Largest text that is read, in UTF-16 units. The largest configuration known has 60,000. */
export const LARGEST_TEXT = 16 * 1024 * 1024;

/**
 * Reads a YAML text as the Python original does: `omegaconf` is OmegaConf's loader, `pyyaml` is
 * `yaml.safe_load` except that a duplicate key is an error. A text without a document is null.
 *
 * @throws DiagnosticError `YamlSyntax`, `YamlValue`, `DuplicateKey` or `YamlTooLarge`, with places
 */
export function readYaml(source: SourceText, dialect: Dialect = 'omegaconf'): YamlValue {
  if (source.text.length > LARGEST_TEXT) {
    throwDiagnostic('YamlTooLarge', `the file has more than ${LARGEST_TEXT} characters`, {
      location: { source, start: 0, end: 0 },
    });
  }
  const root = parseYaml(source);
  return root ? construct(root, source, dialect) : { kind: 'null' };
}
