#!/usr/bin/env bash
# Made from the recipe training/olmo/hf_olmo_7b_anneal. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

TOKENS_ROOT="${TOKENS_ROOT:-/fsx/tokens}"
export TOKENS_ROOT
TIME_LIMIT="1-12:00:00"

if [[ ! -d "${TOKENS_ROOT}/fineweb" ]]; then
    echo "no tokens below ${TOKENS_ROOT}; run launcher_scripts/custom_script/stage_tokens.sh" >&2
    exit 1
fi
echo "hf-olmo-7b-anneal: up to ${TIME_LIMIT}"
python3 "${LAUNCHER_DIR}/main.py" \
    recipes="training/olmo/hf_olmo_7b_anneal" \
    recipes.run.name="olmo-7b-anneal" \
    recipes.exp_manager.exp_dir="${RESULTS_DIR}/olmo-7b-anneal" \
    base_results_dir="${RESULTS_DIR}" \
    "$@"
