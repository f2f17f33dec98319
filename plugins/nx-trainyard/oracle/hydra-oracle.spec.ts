import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Typed } from '../conformance/typed';
import { normalise, toTyped } from '../conformance/typed';
import { attempt } from '../conformance/verdict';
import { isRecipeFile } from '../src/launchers/recipe-files';
import { readYaml } from '../src/yaml/reader/read';
import type { Answer, Refusal } from './answer';
import { answerOf, comparable, composed, isPackagedAgain } from './answer';
import { askPython, findPython } from './python';
import { ORACLE_ENV, UNSET_VARIABLE } from './random-interpolation';
import type { ComposeJob } from './random-tree';
import { randomTree } from './random-tree';
import { randomYaml } from './random-yaml';

/** How many trees and documents are drawn; their seeds are the numbers from 0. */
const TREES = 500;
const DOCUMENTS = 2000;
const MINUTES = 60_000;

const workspace = join(__dirname, '../../..');
const env: NodeJS.ProcessEnv = { ...process.env, ...ORACLE_ENV, [UNSET_VARIABLE]: undefined };
const python = findPython(workspace, process.env);

interface Case {
  readonly name: string;
  readonly job: ComposeJob & { readonly folder: string };
  readonly ours: Answer;
}

if ('command' in python)
  describe('real Hydra 1.3.2 and OmegaConf 2.2.3', () => compare(python.command));
else if (process.env['CI']) {
  test('CI has a Python with Hydra', () => {
    throw new Error(python.missing);
  });
} else {
  process.stderr.write(`The comparison with real Hydra is skipped: ${python.missing}\n`);
  test.skip('real Hydra 1.3.2 and OmegaConf 2.2.3', () => undefined);
}

function compare(command: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-oracle-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const differences = (cases: readonly Case[]): unknown[] => {
    const answers = askPython(
      command,
      cases.map(({ job }) => job),
      env,
    ) as Answer[];
    return cases.flatMap(({ name, ours }, index) => {
      const theirs = answers[index] as Answer;
      const [expected, actual] = [comparable(theirs), comparable(ours)];
      return JSON.stringify(expected) === JSON.stringify(actual) ? [] : [{ name, theirs, ours }];
    });
  };

  test(
    'compose and resolve every recipe of the collection as we do',
    () => {
      const recipesDir = join(workspace, 'recipes_collection/recipes');
      const files = readdirSync(recipesDir, { recursive: true, encoding: 'utf8' });
      const cases = files.filter(isRecipeFile).map((file) => recipeCase(recipesDir, file));
      expect(cases.length).toBeGreaterThan(50);
      expect(cases.filter(({ ours }) => 'error' in ours)).toEqual([]);
      expect(differences(cases)).toEqual([]);
    },
    10 * MINUTES,
  );

  test(
    'compose the primary config of the launcher as we do',
    () => {
      const job = { configDir: 'recipes_collection', configName: 'config', searchPath: [] };
      const { ours, ...asked } = caseOf('config', workspace, {
        ...job,
        overrides: [],
        unwrap: false,
      });
      const [theirs] = askPython(command, [asked.job], env);
      // Its values need the `hydra` resolver, which knows a running application only.
      expect(textsOf(ours)).toEqual(textsOf(theirs as Answer));
    },
    MINUTES,
  );

  test(
    `compose, resolve or refuse ${TREES} random config trees as we do`,
    () => {
      const cases = randomCases(folder);
      const rejected = cases.filter(({ ours }) => 'error' in ours);
      expect(rejected.length).toBeLessThan(TREES / 2);
      expect(differences(cases)).toEqual([]);
    },
    10 * MINUTES,
  );

  test(
    `read ${DOCUMENTS} random YAML documents as we do`,
    () => {
      const texts = Array.from({ length: DOCUMENTS }, (_, seed) => randomYaml(seed));
      const answers = askPython(
        command,
        texts.map((text) => ({ text })),
        env,
      ) as (Typed | Refusal)[];
      const wrong = texts.flatMap((text, seed) => {
        const theirs = answers[seed] as Typed | Refusal;
        const expected = 'error' in theirs ? 'rejected' : normalise(theirs);
        const outcome = attempt(() => toTyped(readYaml({ path: 'document', text })));
        const actual = 'rejected' in outcome ? 'rejected' : outcome.value;
        return JSON.stringify(expected) === JSON.stringify(actual)
          ? []
          : [{ seed, text, theirs, actual }];
      });
      expect(wrong).toEqual([]);
    },
    2 * MINUTES,
  );
}

function textsOf(answer: Answer): unknown {
  return 'error' in answer ? answer : [answer.unsorted, answer.sorted];
}

function caseOf(name: string, folder: string, job: ComposeJob): Case {
  return { name, job: { folder, ...job }, ours: answerOf(composed(folder, job, env)) };
}

function recipeCase(recipesDir: string, file: string): Case {
  const [category = ''] = file.split('/');
  const job = { configDir: dirname(file), configName: basename(file), searchPath: [category] };
  return caseOf(file, recipesDir, { ...job, overrides: [], unwrap: true });
}

/** The trees of the first seeds, written below a folder. */
function randomCases(root: string): Case[] {
  const cases: Case[] = [];
  for (let seed = 0; cases.length < TREES; seed++) {
    const { files, job } = randomTree(seed);
    const folder = join(root, String(seed));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const outcome = composed(folder, job, env);
    if (isPackagedAgain(outcome)) continue;
    cases.push({ name: `seed ${seed}`, job: { folder, ...job }, ours: answerOf(outcome) });
  }
  return cases;
}
