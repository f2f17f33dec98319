import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigFiles } from '../src/hydra/config-files/config-repository';
import { createConfig } from '../src/hydra/config/config';
import { diskFiles } from '../src/files/file-tree';
import { composeRecipeWith } from '../src/hydra/recipe';
import { LauncherRenderer } from '../src/launchers/render';
import { recipeStatuses } from '../src/launchers/recipe-status';
import { readLauncherSettings } from '../src/launchers/settings/settings';
import { readYaml } from '../src/yaml/reader/read';
import { toYaml } from '../src/yaml/writer/to-yaml';
import type { YamlMap } from '../src/yaml/value/value';
import type { Verdict } from './verdict';
import { attempt, judge } from './verdict';

/** The settings under which `launchers.json` was recorded; the texts of its templates do not matter. */
const SETTINGS = `
settings:
  excluded_recipe_dirs: [fine-tuning/hydra_config]
  excluded_recipe_patterns: [mtrl]
  preserved_dirs: [custom_script]
  manually_maintained:
    evaluation/open-source/open_source_deterministic_eval: evaluation/run_deterministic_eval.sh
    evaluation/open-source/open_source_llmaj_eval: evaluation/run_llmaj_eval.sh
    training/llama/checkpointless_llama3_70b_pretrain: llama/run_checkpointless.sh
templates: {llm_finetuning_aws: a, verl: b, verl-sft: c, hyperpod_checkpointless_nemo: d, nova: e, falcon: f, hf: g}
`;

/** Recipes below these folders are kept as they were written: comments, order and all. */
const COPIED = ['training/nova/', 'fine-tuning/nova/', 'evaluation/nova/'];

interface RecordedLauncher {
  readonly name: string;
  readonly excluded?: boolean;
  readonly manual?: boolean;
  readonly outputPath?: string;
  readonly template?: string;
  readonly run_name?: string;
  readonly model_save_name?: string;
}

/** Composes the recorded recipes of a real collection and compares texts and launcher decisions. */
export function* hyperpodCases(folder: string): Iterable<{ id: string; run: () => Verdict }> {
  const recipesDir = join(folder, 'recipes_src');
  const context = { files: new ConfigFiles(diskFiles(recipesDir)), env: {}, cwd: recipesDir };
  const settings = readLauncherSettings({ path: 'launchers', text: SETTINGS });
  const renderer = new LauncherRenderer(settings);
  const recorded = JSON.parse(
    readFileSync(join(folder, 'launchers.json'), 'utf8'),
  ) as RecordedLauncher[];
  for (const launcher of recorded) {
    const recipe = launcher.name;
    const composed = () => composeRecipeWith({ recipesDir, recipe }, context);
    yield {
      id: `${recipe}: config`,
      run: () => {
        const golden = readFileSync(join(folder, 'golden', `${recipe}.yaml`), 'utf8');
        const copied = COPIED.some((prefix) => recipe.startsWith(prefix));
        const expected = copied ? normalised(golden) : golden;
        return judge(
          attempt(() => composed().toYaml({ sortKeys: true })),
          expected,
          (text) => text,
        );
      },
    };
    yield {
      id: `${recipe}: launcher`,
      run: () => {
        const decided = attempt((): RecordedLauncher => {
          const status = recipeStatuses(settings, [recipe]).get(recipe);
          if (status?.kind === 'excluded') return { name: recipe, excluded: true };
          if (status?.kind === 'manual') return { name: recipe, manual: true };
          const made = renderer.render(recipe, composed());
          return {
            name: recipe,
            template: made.template,
            outputPath: status?.kind === 'generated' ? status.script : '',
            run_name: made.runName,
            model_save_name: made.modelSaveName,
          };
        });
        return judge(decided, comparable(launcher), comparable);
      },
    };
  }
}

function normalised(text: string): string {
  const value = readYaml({ path: 'golden', text });
  return toYaml(createConfig(value as YamlMap), { sortKeys: true });
}

/** Hand-written scripts are named by a configuration that is not recorded. */
function comparable({ name, excluded, manual, ...rest }: RecordedLauncher): unknown {
  if (excluded) return { name, excluded };
  if (manual) return { name, manual };
  const { template, outputPath, run_name, model_save_name } = rest;
  return { name, template, outputPath, run_name, model_save_name };
}
