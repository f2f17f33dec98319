import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runConformance } from './run';

/** Recorded vectors lie beside some checkouts; users of the plugin do not have them. */
const folder = join(__dirname, '../../../../shared/conformance');

if (existsSync(folder)) {
  test('every recorded vector of Hydra, OmegaConf and PyYAML is reproduced', () => {
    const lines: string[] = [];
    const { passed, failed } = runConformance(folder, (line) => lines.push(line));
    expect({ failed, lines: failed > 0 ? lines : [] }).toEqual({ failed: 0, lines: [] });
    expect(passed).toBeGreaterThan(0);
  }, 120_000);
} else {
  test.skip(`recorded vectors: skipped, there is no ${folder}`, () => undefined);
}
