#!/usr/bin/env bash
# Made from the recipe training/qwen/checkpointless_qwen3_14b_pretrain. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

# The image has the NeMo plugins; without it the recovery callbacks cannot be imported.
: "${CONTAINER_IMAGE:?set it to the checkpointless training image}"
export PEER_COPIES="2"

python3 "${LAUNCHER_DIR}/main.py" \
    cluster=k8s \
    recipes="training/qwen/checkpointless_qwen3_14b_pretrain" \
    recipes.run.name="qwen3-14b-checkpointless" \
    recipes.resources.hugepages="5120Mi" \
    container="${CONTAINER_IMAGE}" \
    base_results_dir="${RESULTS_DIR}"
