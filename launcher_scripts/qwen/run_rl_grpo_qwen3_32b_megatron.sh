#!/usr/bin/env bash
# Made from the recipe fine-tuning/qwen/rl/rl_grpo_qwen3_32b_megatron. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

RUN_NAME="qwen3-32b-grpo-megatron"
NUM_NODES="8"
RAY_DASHBOARD="http://127.0.0.1:8265"
export RAY_ADDRESS="${RAY_ADDRESS:-$RAY_DASHBOARD}"

echo "${RUN_NAME}: ${NUM_NODES} node(s), Ray at ${RAY_ADDRESS}"
HYDRA_FULL_ERROR=1 python3 "${LAUNCHER_DIR}/main.py" \
    recipes="fine-tuning/qwen/rl/rl_grpo_qwen3_32b_megatron" \
    recipes.run.name="${RUN_NAME}" \
    base_results_dir="${RESULTS_DIR}" \
    "$@"
