"""Answers composition jobs with the real Hydra and OmegaConf.

Standard input is a JSON list of jobs, standard output the JSON list of answers. A job is either

- a composition: `folder`, and in it `configDir` and `searchPath`; `configName`, `overrides`, and
  `unwrap`, which says that the composed config is a recipe. The answer has `unsorted` and `sorted`
  (what `OmegaConf.to_yaml` writes), `resolved` (a typed value, or an error of its own) and
  `interpolations` (for each of them, in order, its typed value or its error), or
- a YAML document, `text`: the answer is the typed value that OmegaConf's loader gives.

What is refused is answered with `{"error": class, "message": text}`.
"""

import base64
import copy
import json
import os
import sys
import warnings

import yaml
from hydra import compose, initialize_config_dir
from omegaconf import DictConfig, OmegaConf
from omegaconf._utils import get_yaml_loader


def typed(value):
    """A value with its type, in the encoding of conformance/typed.ts."""
    if value is None:
        return {"t": "null"}
    if isinstance(value, bool):
        return {"t": "bool", "v": value}
    if isinstance(value, (int, float)):
        return {"t": type(value).__name__, "v": repr(value)}
    if isinstance(value, str):
        return {"t": "str", "v": value}
    if isinstance(value, bytes):
        return {"t": "bytes", "v": base64.b64encode(value).decode()}
    if isinstance(value, (list, tuple)):
        return {"t": "list", "v": [typed(item) for item in value]}
    if isinstance(value, dict):
        return {"t": "map", "v": [[typed(key), typed(item)] for key, item in value.items()]}
    if OmegaConf.is_config(value):  # what a resolver made a plain list of
        return typed(plain(value))
    raise TypeError(f"no config value: {type(value).__name__}")


def attempt(action):
    """The answer of an action; whatever it raises is an answer too."""
    try:
        return action()
    except Exception as problem:  # RecursionError too: Hydra's answer to an import cycle
        return {"error": type(problem).__name__, "message": (str(problem) or repr(problem.__cause__))[:2000]}


def unwrapped(config):
    """A recipe: what fragments put under `recipes`, and over it what the recipe says at its root."""
    if "recipes" not in config:
        return config
    at_root = {key: value for key, value in config.items() if key != "recipes"}
    base = copy.deepcopy(config.recipes)
    if isinstance(base, DictConfig):
        OmegaConf.set_struct(base, False)
    elif not OmegaConf.is_config(base):
        raise AttributeError(f"recipes is {type(base).__name__}")
    return OmegaConf.merge(base, at_root)


def interpolations(node):
    """What each interpolation below a container stands for."""
    if node._is_none() or node._is_missing() or node._is_interpolation():
        return
    for key in node.keys() if isinstance(node, DictConfig) else range(len(node)):
        child = node._get_node(key)
        if child._is_interpolation():
            yield attempt(lambda: typed(plain(node[key])))
        elif OmegaConf.is_config(child):
            yield from interpolations(child)


def plain(value):
    return OmegaConf.to_container(value, resolve=True) if OmegaConf.is_config(value) else value


def composed(job):
    folder = job["folder"]
    os.chdir(folder)  # where relative search paths start
    overrides = list(job["overrides"])
    if job["searchPath"]:
        paths = [f"file://{os.path.join(folder, path)}" for path in job["searchPath"]]
        overrides.append(f"hydra.searchpath=[{','.join(paths)}]")
    config_dir = os.path.join(folder, job["configDir"])
    with initialize_config_dir(version_base=None, config_dir=config_dir):
        config = compose(job["configName"], overrides)
    if job["unwrap"]:
        config = unwrapped(config)
    return {
        "unsorted": OmegaConf.to_yaml(config),
        "sorted": OmegaConf.to_yaml(config, sort_keys=True),
        "resolved": attempt(lambda: typed(plain(config))),
        "interpolations": list(interpolations(config)),
    }


def loaded(job):
    return typed(yaml.load(job["text"], Loader=get_yaml_loader()))


def answer(job):
    return attempt(lambda: loaded(job) if "text" in job else composed(job))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    jobs = json.load(sys.stdin)
    json.dump([answer(job) for job in jobs], sys.stdout)
