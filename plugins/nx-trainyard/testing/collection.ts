/** A small collection: three templates, a shared fragment, and one used by two recipes alone. */
export const COLLECTION: Readonly<Record<string, string>> = {
  'recipes_collection/launcher_scripts_config.yaml': `settings:
  preserved_dirs: [custom_script]
  excluded_recipe_patterns: [draft]
  manually_maintained:
    evaluation/open-source/judge: open-source/judge_by_hand.sh
header: |
  #!/bin/bash
  ROOT=\${{ROOT:-"$(pwd)"}}
templates:
  llm_finetuning_aws: |
    python3 $ROOT/main.py recipes={recipe_path} name="{model_save_name}"
  verl: |
    RUN_NAME="{run_name}"
    python3 $ROOT/main.py recipes={recipe_path} run.name="\${{RUN_NAME}}" lr={config.actor.lr}
  nova: |
    python3 $ROOT/main.py recipes={recipe_path}
`,
  'recipes_collection/recipes/fine-tuning/hydra_config/actor/default.yaml':
    'lr: 0.001\nsteps: 10\n',
  'recipes_collection/recipes/fine-tuning/hydra_config/base.yaml': 'trainer:\n  devices: 8\n',
  'recipes_collection/recipes/fine-tuning/llama/ppo.yaml': `defaults:
  - /hydra_config/base@_global_
  - /hydra_config/actor/default@actor
  - _self_
run:
  name: ppo
  model_type: verl
`,
  'recipes_collection/recipes/fine-tuning/llama/grpo-long.yaml': `defaults:
  - /hydra_config/base@_global_
  - /hydra_config/actor/default@actor
  - _self_
run:
  model_type: verl
actor:
  lr: 0.5
`,
  'recipes_collection/recipes/fine-tuning/nova/lite.yaml': `defaults:
  - /hydra_config/base@_global_
  - _self_
run:
  name: lite
  model_type: amazon.nova-lite
`,
  'recipes_collection/recipes/fine-tuning/qwen/lora.yaml': `training_config:
  model_config:
    model_name_or_path: Qwen/Qwen3_8B
`,
  'recipes_collection/recipes/fine-tuning/qwen/draft-lora.yaml': 'run:\n  name: draft\n',
  'recipes_collection/recipes/evaluation/open-source/judge.yaml': 'run:\n  name: judge\n',
  'launcher_scripts/open-source/judge_by_hand.sh': '#!/bin/bash\n',
  'launcher_scripts/custom_script/tool.sh': '#!/bin/bash\n',
};
