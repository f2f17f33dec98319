#!/usr/bin/env bash
# Copies tokenised data from object storage to the file system of the cluster, once per data set.
#   stage_tokens.sh s3://bucket/tokens fineweb
set -euo pipefail

source_prefix="${1:?source prefix, for example s3://bucket/tokens}"
dataset="${2:?name of the data set, for example fineweb}"
target="${TOKENS_ROOT:-/fsx/tokens}/${dataset}"

if [[ -e "${target}/.complete" ]]; then
    echo "${target} is there already"
    exit 0
fi

mkdir -p "${target}"
aws s3 sync "${source_prefix}/${dataset}" "${target}" --only-show-errors
touch "${target}/.complete"
