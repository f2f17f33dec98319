#!/usr/bin/env bash
# Made from the recipe fine-tuning/llama/verl_sft_llama3_1_8b. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

RUN_NAME="llama-3-1-8b-warm-start"
HEAD_NODE="${HEAD_NODE:-localhost}"

torchrun \
    --nnodes "1" \
    --nproc-per-node "8" \
    --rdzv-backend c10d \
    --rdzv-endpoint "${HEAD_NODE}:29500" \
    "${LAUNCHER_DIR}/main.py" \
    recipes="fine-tuning/llama/verl_sft_llama3_1_8b" \
    recipes.run.name="${RUN_NAME}" \
    "$@"
