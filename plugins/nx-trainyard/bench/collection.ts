import { METHODS, MODEL_SIZES, fragments } from './fragments';
import { Random } from './random';

const RECIPES_DIR = 'collection/recipes';

/** Where the launcher configuration of a synthetic collection is, from the workspace root. */
export const LAUNCHER_CONFIG = 'collection/launchers.yaml';

/**
 * A collection of recipes over shared fragments, as a training repository has it: each recipe is
 * made from about a dozen files up to four levels deep, and one of seven templates is for it.
 *
 * @returns texts by path from the workspace root; the same for the same seed
 */
export function syntheticCollection(recipes: number, seed: number): Map<string, string> {
  const random = new Random(seed);
  const files = new Map([[LAUNCHER_CONFIG, launcherConfig()]]);
  for (const [path, text] of fragments()) files.set(`${RECIPES_DIR}/${path}`, text);
  for (let i = 0; i < recipes; i++) {
    const [path, text] = recipe(i, random);
    files.set(`${RECIPES_DIR}/${path}`, text);
  }
  return files;
}

function recipe(index: number, random: Random): [path: string, text: string] {
  const { category, method } = random.pick(METHODS);
  const family = random.pick(['llama', 'qwen', 'mistral', 'gemma', 'olmo', 'deepseek']);
  const size = random.pick(MODEL_SIZES);
  const rate = `${random.below(9) + 1}e-${random.below(3) + 5}`;
  const training = 'recipes.training_config';
  const overrides = [
    `  - override /hydra_config/${method}/optim@_global_.${training}.optim: adamw_fused\n`,
    `  - override /hydra_config/${method}/sharding@_global_.${training}.sharding: hybrid\n`,
  ].filter(() => random.below(3) === 0);
  const text = `# Number ${index} of the ${method} recipes and others.
defaults:
  - /hydra_config/${method}/default
  - /hydra_config/model/${family}/${size}
${overrides.join('')}  - _self_

display_name: ${family} ${size}, ${method} ${index}
version: 1.${random.below(5)}.${random.below(10)}
instance_types: [ml.p5.48xlarge, ml.p4d.24xlarge]

run:
  name: ${family}-${size}-${method}-${index}
  time_limit: "${random.below(4) + 1}-00:00:00"
trainer:
  num_nodes: ${2 ** random.below(5)}
training_config:
  optim: {lr: ${rate}, weight_decay: 0.0${random.below(10)}}
  data:
    max_length: ${1024 * 2 ** random.below(5)}
    train_batch_size: ${32 * 2 ** random.below(4)}   # over all devices
    mixture: [chat-${random.below(9)}, code-${random.below(9)}]
`;
  return [`${category}/${family}/${method}_${family}_${size}_${index}.yaml`, text];
}

function launcherConfig(): string {
  const templates = METHODS.map(({ method }) => {
    return `  ${method}: |
    RUN_NAME="{run_name}"
    NUM_NODES="{config.trainer.num_nodes}"
    MODEL_DIR="\${{RESULTS_DIR}}/${method}/{model_save_name}"
    TIME_LIMIT="{config.run.time_limit}"
    export MODEL_DIR RUN_NAME

    echo "\${{RUN_NAME}}: \${{NUM_NODES}} node(s), up to \${{TIME_LIMIT}}"
    python3 "\${{LAUNCHER_DIR}}/${method}.py" \\
        recipes="{recipe_path}" \\
        recipes.run.name="\${{RUN_NAME}}" \\
        recipes.training_config.data.dataset="{config.training_config.data.dataset}" \\
        base_results_dir="\${{RESULTS_DIR}}" \\
        "$@"
`;
  });
  return `settings:
  recipes_dir: ${RECIPES_DIR}
  output_dir: launchers

header: |
  #!/usr/bin/env bash
  # Made from the recipe {recipe_path}.
  set -euo pipefail
  LAUNCHER_DIR="\${{LAUNCHER_DIR:-$(pwd)}}"
  RESULTS_DIR="\${{RESULTS_DIR:-/results}}"

templates:
${templates.join('\n')}
default_template: sft
`;
}
