#!/usr/bin/env bash
# Made from the recipe fine-tuning/nova/pro/nova_pro_ppo. Change it or
# launcher_scripts_config.yaml and generate again; an edit in this file would be lost.
set -euo pipefail

LAUNCHER_DIR="${LAUNCHER_DIR:-$(pwd)}"
RESULTS_DIR="${RESULTS_DIR:-/fsx/results}"
export LAUNCHER_DIR RESULTS_DIR

: "${OUTPUT_S3_PATH:?set it to the s3:// prefix for results}"
MODEL_TYPE="amazon.nova-pro-v1:0:300k"
DEFAULT_REPLICAS="8"
REPLICAS="${REPLICAS:-$DEFAULT_REPLICAS}"

echo "Starting nova-pro-ppo (${MODEL_TYPE}) on ${REPLICAS} instance(s)"
python3 "${LAUNCHER_DIR}/main.py" \
    cluster=k8s \
    recipes="fine-tuning/nova/pro/nova_pro_ppo" \
    recipes.run.name="nova-pro-ppo" \
    recipes.run.replicas="${REPLICAS}" \
    recipes.run.output_s3_path="${OUTPUT_S3_PATH}"
