#!/usr/bin/env bash
# Made from the recipe training/falcon/falcon_7b_multilingual. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

TOKENS_ROOT="${TOKENS_ROOT:-/fsx/tokens}"
DEFAULT_NODES="2"
export TOKENS_ROOT

python3 "${LAUNCHER_DIR}/main.py" \
    recipes="training/falcon/falcon_7b_multilingual" \
    recipes.run.name="falcon-7b-multilingual" \
    recipes.trainer.num_nodes="${NUM_NODES:-$DEFAULT_NODES}" \
    recipes.exp_manager.exp_dir="${RESULTS_DIR}/falcon-7b-multilingual" \
    base_results_dir="${RESULTS_DIR}"
