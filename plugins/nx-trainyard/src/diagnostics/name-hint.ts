import { didYouMean } from './suggest';

/**
 * What to write instead of a name that has folders: the name without what is too much about it (an
 * ending, folders before it), else the names of the same or nearest last part, else similar ones.
 */
export function nameHint(written: string, names: readonly string[]): string | undefined {
  const bare = written.replace(/\.ya?ml$/i, '').replace(/^(\.?\/)+/, '');
  const known = names.find((name) => bare === name || bare.endsWith(`/${name}`));
  if (known !== undefined) return `Write ${known}: ${tooMuch(written, known)}.`;
  const last = lastPart(bare);
  const same = names.filter((name) => lastPart(name) === last);
  return (
    didYouMean(bare, same) ??
    (same.length > 0 ? quoted(same) : undefined) ??
    didYouMean(bare, names) ??
    lastParts(last, names)
  );
}

function tooMuch(written: string, known: string): string {
  const ending = /\.ya?ml$/i.exec(written)?.[0] ?? '';
  const folders = written.slice(0, written.length - ending.length - known.length);
  const parts = [folders, ending].filter((part) => part !== '').map((part) => `'${part}'`);
  return `${parts.join(' and ')} ${parts.length > 1 ? 'are' : 'is'} not part of the name`;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** As many as a question can name. */
const MOST = 3;

function quoted(names: readonly string[]): string {
  return `Did you mean ${names
    .slice(0, MOST)
    .map((name) => `'${name}'`)
    .join(' or ')}?`;
}

/** The names whose last part is nearest, in whatever folder they are. */
function lastParts(last: string, names: readonly string[]): string | undefined {
  const [near] = /'([^']+)'/.exec(didYouMean(last, names.map(lastPart)) ?? '')?.slice(1) ?? [];
  return near === undefined ? undefined : quoted(names.filter((name) => lastPart(name) === near));
}
