import { planning, writing } from './sweeps';

it('writing sweeps is compared with writing the same bytes', () => {
  const { title, lines } = writing(16, 1);
  expect(title).toBe('sweep-write, 16 configs in this process');
  expect(lines[2]).toMatch(/^ratio: median \d+\.\d\d, .+, 1 pairs$/);
});

it('planning sweeps is measured with all runs made', () => {
  const { title, lines, ok } = planning(100);
  expect(title).toBe('sweep-plan, 100 runs planned and made');
  expect(lines[1]).toMatch(/^peak memory: \d+ MB$/);
  expect(ok).toBe(true);
}, 120_000);
