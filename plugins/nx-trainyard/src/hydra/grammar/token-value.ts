import type { YamlScalar } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import type { GrammarToken } from './lexer';

/** `\,\ \\` is `, \`: every character that follows a backslash. */
export function unescapeEveryPair(text: string): string {
  return text.replace(/\\([^])/g, '$1');
}

/** `\${` is a literal `${`, and every pair of backslashes before it is one. */
export function unescapeOpen(text: string): string {
  return `${'\\'.repeat((text.length - 3) / 2)}\${`;
}

/**
 * The text of a quoted string of an override: backslashes count only before a quote of its kind,
 * the closing one included. (Hydra 1.3)
 */
export function unquote(quoted: string): string {
  const quote = quoted.charAt(0);
  const inner = quoted.slice(1);
  const pattern = quote === '"' ? /\\+"/g : /\\+'/g;
  return inner.replace(pattern, (run) => unescapeEveryPair(run)).slice(0, -1);
}

/** The value of a lone token without quotes. (OmegaConf 2.2 and Hydra 1.3) */
export function constantOf({ type, text }: GrammarToken): YamlScalar {
  switch (type) {
    case 'null':
      return { kind: 'null' };
    case 'bool':
      return { kind: 'bool', value: text.toLowerCase() === 'true' };
    case 'int':
      return { kind: 'int', value: BigInt(text.replace(/_|^\+/g, '')) };
    case 'float':
      return { kind: 'float', value: floatOf(text.replaceAll('_', '').toLowerCase()) };
    case 'escape':
      return str(unescapeEveryPair(text));
    default:
      return str(text);
  }
}

function floatOf(text: string): number {
  if (text.endsWith('nan')) return NaN;
  if (text.endsWith('inf')) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}
