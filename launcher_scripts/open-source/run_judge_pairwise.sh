#!/usr/bin/env bash
# Written by hand: two model servers, then the comparison. The recipe is
# evaluation/open-source/judge_pairwise.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
JUDGE_MODEL="${JUDGE_MODEL:-meta-llama/Llama-3.3-70B-Instruct}"
JUDGE_PORT="${JUDGE_PORT:-8000}"
export LAUNCHER_DIR RESULTS_DIR
export JUDGE_ENDPOINT="http://localhost:${JUDGE_PORT}/v1"

# The judge takes the first node, the candidates the second.
vllm serve "${JUDGE_MODEL}" --port "${JUDGE_PORT}" --tensor-parallel-size 8 &
judge_pid=$!
trap 'kill "${judge_pid}"' EXIT

until curl --silent --fail "${JUDGE_ENDPOINT}/models" >/dev/null; do
    kill -0 "${judge_pid}"   # the server is gone: stop waiting
    sleep 5
done

python3 "${LAUNCHER_DIR}/main.py" \
    recipes=evaluation/open-source/judge_pairwise \
    recipes.run.name=judge-pairwise \
    base_results_dir="${RESULTS_DIR}" \
    "$@"
