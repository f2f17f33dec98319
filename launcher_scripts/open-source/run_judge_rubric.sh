#!/usr/bin/env bash
# Made from the recipe evaluation/open-source/judge_rubric. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

TRAIN_DIR="${TRAIN_DIR:-/fsx/datasets/chat}"
MODEL_DIR="${RESULTS_DIR}/models/judge-rubric"
export TRAIN_DIR MODEL_DIR

HYDRA_FULL_ERROR=1 python3 "${LAUNCHER_DIR}/main.py" \
    recipes="evaluation/open-source/judge_rubric" \
    recipes.run.name="judge-rubric" \
    base_results_dir="${RESULTS_DIR}" \
    "$@"
