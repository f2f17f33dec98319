import { omegaConfTag } from '../../../yaml/value/implied-type';

/** The numbers of a text that holds several and nothing else: `8 16`, `1e-4, 1e-3`, `[8, 16]`. */
export function numbersIn(text: string): readonly string[] | undefined {
  const parts = text
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/\s*[,;|]\s*|\s+/)
    .filter((part) => part !== '');
  const areNumbers = parts.every((part) => ['int', 'float'].includes(omegaConfTag(part)));
  return areNumbers && (parts.length > 1 || /[,[]/.test(text)) && parts.length > 0
    ? parts
    : undefined;
}
