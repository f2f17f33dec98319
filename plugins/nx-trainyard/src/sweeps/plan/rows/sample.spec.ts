import { GENERIC, TemporarySweep } from '../../../../testing/temporary-sweep';
import type { Row } from '../../experiment/experiment';
import { formatValue } from '../../../yaml/writer/format-value';

const BASE = 'a: 0\nb: 0\nc: 0\nd: 7\n';

/** Rows as texts, keys sorted, in order. */
function rowsOf(rest: string, n: number, seed = 1): string[] {
  const text = `${GENERIC}${rest}sweep: {sample: {n: ${n}, seed: ${seed}}}\n`;
  return texts(new TemporarySweep(text, { 'base.yaml': BASE }).plan().rows());
}

function texts(rows: Iterable<Row>): string[] {
  return Array.from(rows, ({ variables, outside }) => {
    const settings = [...variables, ...outside].map(
      ({ key, value }) => `${key.name}=${formatValue(value)}`,
    );
    return settings.sort().join();
  });
}

const GRID = 'variables: {a: {range: [1, 20, 1]}, b: [1, 2, 3]}\noutside: {p: [x, y]}\n';

function isContained(some: readonly string[], more: readonly string[]): boolean {
  return some.every((row) => more.includes(row));
}

describe('a sample', () => {
  it('of some is contained in that of more', () => {
    const sizes = [1, 2, 7, 30, 119, 120, 500].map((n) => rowsOf(GRID, n));
    expect(sizes.map(({ length }) => length)).toEqual([1, 2, 7, 30, 119, 120, 120]);
    for (const [index, some] of sizes.slice(0, -1).entries()) {
      expect(isContained(some, sizes[index + 1] ?? [])).toBe(true);
    }
  });

  it('is in the order of the grid, another one for another seed, and the same each time', () => {
    const all = rowsOf(GRID, 1000);
    const some = rowsOf(GRID, 30);
    expect(some).toEqual(all.filter((row) => some.includes(row)));
    expect(rowsOf(GRID, 30)).toEqual(some);
    expect(rowsOf(GRID, 30, 2)).not.toEqual(some);
  });

  it('has the same rows in whatever order the variables stand', () => {
    const turned = 'variables: {b: [3, 1, 2], a: {range: [20, 1, -1]}}\noutside: {p: [y, x]}\n';
    expect(new Set(rowsOf(turned, 30))).toEqual(new Set(rowsOf(GRID, 30)));
  });

  it('keeps what it can when a variable gets more values: only new rows take a place', () => {
    const before = rowsOf(GRID, 30);
    const grown = GRID.replace('b: [1, 2, 3]', 'b: [1, 9, 2, 3]').replace(
      '[1, 20, 1]',
      '[-5, 20, 1]',
    );
    const after = rowsOf(grown, 30);
    const old = rowsOf(GRID, 1000);
    const kept = after.filter((row) => old.includes(row));
    expect(isContained(kept, before)).toBe(true);
    expect(kept.length).toBeGreaterThan(8);
    // Once it is large enough, it has all of them again.
    expect(isContained(before, rowsOf(grown, 120))).toBe(true);
  });

  it('keeps its rows when a variable is added that has the base’s value in them', () => {
    const some = rowsOf(GRID, 30);
    const same = rowsOf(GRID.replace('b: [1', 'd: [7], b: [1'), 30);
    expect(same.map((row) => row.replace('d=7,', ''))).toEqual(some);
    const more = rowsOf(GRID.replace('b: [1', 'd: [7, 8], b: [1'), 240);
    expect(more).toHaveLength(240);
    const half = rowsOf(GRID.replace('b: [1', 'd: [7, 8], b: [1'), 30);
    const kept = half.filter((row) => row.includes('d=7')).map((row) => row.replace('d=7,', ''));
    expect(kept.length).toBeGreaterThan(5);
    expect(isContained(kept, some)).toBe(true);
  });

  it('keeps its rows when a variable of one value is made a control', () => {
    const variable = rowsOf(GRID.replace('b: [1', 'c: [5], b: [1'), 30);
    const control = rowsOf(`${GRID}controls: {c: 5}\n`, 30);
    expect(control).toEqual(rowsOf(GRID, 30));
    expect(variable).toHaveLength(30);
  });

  it('keeps its rows when a control has the name of what is recorded only, whatever its value', () => {
    for (const value of ['x', 'y', 'z']) {
      expect(rowsOf(`${GRID}controls: {p: ${value}}\n`, 30)).toEqual(rowsOf(GRID, 30));
    }
  });

  it('prefers no row to another', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 200; seed++) {
      for (const row of rowsOf('variables: {a: {range: [1, 10, 1]}}\n', 3, seed)) {
        counts.set(row, (counts.get(row) ?? 0) + 1);
      }
    }
    // Each is expected 60 times with a standard deviation of 6.5.
    expect(counts.size).toBe(10);
    for (const count of counts.values()) expect(Math.abs(count - 60)).toBeLessThan(33);
  });

  it('of a million rows is found in seconds, and of very many at once', () => {
    const million = 'variables: {a: {range: [1, 1000, 1]}, b: {range: [1, 1000, 1]}}\n';
    expect(rowsOf(million, 100)).toHaveLength(100);
    const most = `variables: {a: {range: [1, 9000, 1]}, b: {range: [1, 9000, 1]}, c: {range: [1, 9000, 1]}}\n`;
    const some = rowsOf(most, 20);
    expect(some).toHaveLength(20);
    expect(isContained(some, rowsOf(most, 60))).toBe(true);
  }, 60_000);
});
