#!/usr/bin/env bash
# Made from the recipe training/mistral/hf_mixtral_8x7b_pretrain. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

TOKENS_ROOT="${TOKENS_ROOT:-/fsx/tokens}"
export TOKENS_ROOT
TIME_LIMIT="6-00:00:00"

if [[ ! -d "${TOKENS_ROOT}/fineweb" ]]; then
    echo "no tokens below ${TOKENS_ROOT}; run launcher_scripts/custom_script/stage_tokens.sh" >&2
    exit 1
fi
echo "hf-mixtral-8x7b-pretrain: up to ${TIME_LIMIT}"
python3 "${LAUNCHER_DIR}/main.py" \
    recipes="training/mistral/hf_mixtral_8x7b_pretrain" \
    recipes.run.name="mixtral-8x7b" \
    recipes.exp_manager.exp_dir="${RESULTS_DIR}/mixtral-8x7b" \
    base_results_dir="${RESULTS_DIR}" \
    "$@"
