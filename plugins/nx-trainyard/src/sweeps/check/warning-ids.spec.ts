import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_IDS } from '../../trainers/torchtune';
import { FILE_IDS, WARNING_IDS } from './warning-ids';

/** The ids that a folder's sources write, as the first group of a pattern. */
function idsIn(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /(?<!\.spec)\.ts$/.test(file));
  const ids = sources.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return Array.from(text.matchAll(pattern), ([, id = '']) => id);
  });
  return [...new Set(ids)].sort();
}

const WRITTEN = /\b(?:warning|note)\(\s*'([^']+)'/g;

describe('the ids of warnings', () => {
  it('are those that the sources of sweeps write, and those of findings and of files', () => {
    const written = idsIn(__dirname, WRITTEN);
    expect([...written, ...FINDING_IDS, ...FILE_IDS].sort()).toEqual([...WARNING_IDS].sort());
  });

  it('of files are those that the readers of YAML and Hydra write', () => {
    const written = ['yaml', 'hydra'].flatMap((room) =>
      idsIn(join(__dirname, '../..', room), WRITTEN),
    );
    expect(written.sort()).toEqual([...FILE_IDS].sort());
  });

  it('of findings are those that the rules of torchtune write', () => {
    const written = idsIn(join(__dirname, '../../torchtune'), /\bid: '([a-z0-9-]+)'/g);
    expect(written).toEqual([...FINDING_IDS].sort());
  });
});
