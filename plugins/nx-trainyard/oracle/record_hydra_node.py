"""Records what the real Hydra says about its own node and groups: `hydra-node.json`, for tests without Python.

Standard input is a JSON list of cases (`files` by path, `overrides`); standard output the list with the `answer` to
each: null where Hydra composes it, else the name of the exception and the first two lines of its message.
"""

import json
import os
import sys
import tempfile
import warnings

from hydra import compose, initialize_config_dir


def answer(files, overrides):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                file.write(text)
        try:
            with initialize_config_dir(version_base=None, config_dir=folder):
                compose("config", overrides)
        except Exception as problem:  # an answer like any other
            return [type(problem).__name__, *str(problem).split("\n")[:2]]
    return None


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    cases = json.load(sys.stdin)
    recorded = [{**case, "answer": answer(case["files"], case["overrides"])} for case in cases]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in recorded)
    sys.stdout.write(f"[\n{lines}\n]\n")
