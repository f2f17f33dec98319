import type { Row } from './model';
import { spell } from './spell';

const LONGEST_SLUG = 60;

/** A text as part of a file name: `[A-Za-z0-9._-]`, at most 60 long, never empty or hidden. */
function fileName(text: string): string {
  const clean = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, LONGEST_SLUG)
    .replace(/[.-]+$/, '');
  return clean === '' ? 'run' : clean;
}

/** What a run's folder is called, beside its fingerprint: its label, or its variables. */
export function slugOf(row: Row, label: string | undefined): string {
  if (label !== undefined) return fileName(label);
  const settings = [...row.variables, ...row.outside].map(({ key, value }) => {
    const name = key.name.slice(key.name.lastIndexOf('.') + 1);
    return `${name}_${spell(value)}`;
  });
  if (row.repeat) settings.push(`seed_${row.repeat.seed.value}`);
  return fileName(settings.join('_'));
}

/** The run's own folder below the shared one. */
export function runFolder(shared: string, slug: string, fingerprint: string): string {
  return `${shared.replace(/\/+$/, '')}/${slug}-${fingerprint.slice(0, 8)}`;
}
