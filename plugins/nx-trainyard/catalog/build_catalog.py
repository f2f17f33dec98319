#!/usr/bin/env python3
"""Write what an installed torchtune knows into one JSON file: recipes, configs and signatures.

    python3 catalog/build_catalog.py [--site-packages DIR] [--out FILE]

Needs OmegaConf and PyYAML. torchtune is only read, never imported, so torch is not needed.
Stops with exit code 1 and a list of all problems when it meets something that it does not know.
"""

from __future__ import annotations

import sys

sys.dont_write_bytecode = True  # the package ships this folder

import argparse
import ast
import importlib.util
import json
from pathlib import Path

import yaml
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from recipe_keys import recipe_keys
from signatures import NotUnderstood, component, public_names
from source_tree import SourceTree, dotted_name

RECIPE_FIELDS = {'name': str, 'file_path': str, 'configs': list, 'supports_distributed': bool}
CONFIG_FIELDS = {'name': str, 'file_path': str}
# Registered names whose file the package does not contain: `tune` cannot find them either.
NOT_IN_THE_PACKAGE = {'llama2/7B_full_early_exit'}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--site-packages', type=Path, help='folder of torchtune and recipes')
    parser.add_argument('--out', type=Path, help='default: torchtune-VERSION.json in this folder')
    options = parser.parse_args()
    root = options.site_packages or installed_site_packages()
    if root is None or not (root / 'torchtune').is_dir() or not (root / 'recipes').is_dir():
        print(f'no torchtune and recipes folders in {root or "this Python"}', file=sys.stderr)
        return 1
    problems: list[str] = []
    catalog = build(root, problems)
    if problems:
        print(f'{len(problems)} problems, nothing written:', *problems, sep='\n  ', file=sys.stderr)
        return 1
    out = options.out or Path(__file__).parent / f'torchtune-{catalog["version"]}.json'
    out.write_text(render(catalog), encoding='utf-8')
    counts = ', '.join(f'{len(catalog[key])} {key}' for key in ('recipes', 'configs', 'components'))
    print(f'{out}: torchtune {catalog["version"]}, {counts}')
    return 0


def installed_site_packages() -> Path | None:
    """The folder of the torchtune that this Python would import."""
    spec = importlib.util.find_spec('torchtune')
    return Path(spec.origin).parent.parent if spec and spec.origin else None


def build(root: Path, problems: list[str]) -> dict:
    tree = SourceTree(root)
    recipes: dict[str, dict] = {}
    configs: dict[str, dict] = {}
    named = set()
    for recipe in read_registry(tree, problems):
        module = 'recipes.' + recipe['file_path'].removesuffix('.py').replace('/', '.')
        if tree.module(module) is None:
            problems.append(f'recipe {recipe["name"]}: no file {recipe["file_path"]}')
            continue
        keys = recipe_keys(tree, module, problems)
        recipes[recipe['name']] = {'distributed': recipe['supports_distributed'], **keys}
        for config in recipe['configs']:
            name = config['name']
            if name in configs:
                both = f'{configs[name]["recipe"]} and {recipe["name"]}'
                problems.append(f'config {name} is under {both}')
                continue
            text = config_text(root / 'recipes' / 'configs' / config['file_path'], name, problems)
            configs[name] = {'recipe': recipe['name'], 'text': text}
            named |= component_names(yaml.safe_load(text or ''))
    return {
        'version': version(tree, problems),
        'recipes': recipes,
        'configs': configs,
        'components': components(tree, named | set(public_names(tree)), problems),
    }


def version(tree: SourceTree, problems: list[str]) -> str:
    node = tree.module('torchtune').symbols.get('__version__')
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        problems.append('torchtune/__init__.py has no literal __version__')
        return ''
    # `+cpu` and the like name a build of the same release.
    return node.value.partition('+')[0]


def read_registry(tree: SourceTree, problems: list[str]) -> list[dict]:
    """The recipes of torchtune's registry, in its order, which is the order of `tune ls`."""
    module = tree.module('torchtune._recipe_registry')
    listed = module.symbols.get('_ALL_RECIPES') if module else None
    if not isinstance(listed, ast.List):
        problems.append('torchtune/_recipe_registry.py has no list _ALL_RECIPES')
        return []
    recipes = [record(node, 'Recipe', RECIPE_FIELDS, problems) for node in listed.elts]
    for recipe in filter(None, recipes):
        configs = [record(node, 'Config', CONFIG_FIELDS, problems) for node in recipe['configs']]
        recipe['configs'] = [config for config in configs if config]
    return [recipe for recipe in recipes if recipe]


def record(node: ast.AST, called: str, fields: dict[str, type], problems: list[str]) -> dict | None:
    """The keyword arguments of a call, literals as values and a list as its nodes."""
    is_call = isinstance(node, ast.Call) and dotted_name(node.func) == called and not node.args
    values = {
        item.arg: getattr(item.value, 'elts' if isinstance(item.value, ast.List) else 'value', None)
        for item in (node.keywords if is_call else [])
    }
    if {name: type(value) for name, value in values.items()} != fields:
        expected = ', '.join(f'{name}: {kind.__name__}' for name, kind in fields.items())
        problems.append(f'torchtune/_recipe_registry.py:{node.lineno}: not {called}({expected})')
        return None
    return values


def config_text(file: Path, name: str, problems: list[str]) -> str | None:
    """The config as OmegaConf writes it: same keys, order and types, no comments."""
    if not file.is_file():
        if name not in NOT_IN_THE_PACKAGE:
            problems.append(f'config {name}: no file {file}')
        return None
    try:
        loaded = OmegaConf.load(file)
        text = OmegaConf.to_yaml(loaded)
    except (OmegaConfBaseException, yaml.YAMLError, OSError) as error:
        problems.append(f'config {name}: {" ".join(str(error).split())}')
        return None
    if typed(OmegaConf.create(text)) != typed(loaded):
        problems.append(f'config {name}: reads differently after to_yaml')
    return text


def typed(config) -> str:
    """A text that differs when a key, its order, a value or a value's type differs."""
    return repr(OmegaConf.to_container(config, resolve=False))


def component_names(value) -> set[str]:
    if isinstance(value, dict):
        own = {value['_component_']} if isinstance(value.get('_component_'), str) else set()
        return own.union(*map(component_names, value.values()))
    return set().union(*map(component_names, value)) if isinstance(value, list) else set()


def components(tree: SourceTree, names: set[str], problems: list[str]) -> dict:
    entries = {}
    for name in sorted(names):
        try:
            entries[name] = component(tree, name)
        except NotUnderstood as reason:
            problems.append(f'component {name}: {reason}')
    return entries


def render(catalog: dict) -> str:
    """JSON with one entry per line, so that a new release shows as a readable difference."""
    parts = [f'"version":{compact(catalog["version"])}']
    for section in ('recipes', 'configs', 'components'):
        lines = [f'{compact(key)}:{compact(entry)}' for key, entry in catalog[section].items()]
        parts.append(f'"{section}":{{\n' + ',\n'.join(lines) + '\n}')
    return '{\n' + ',\n'.join(parts) + '\n}\n'


def compact(value) -> str:
    return json.dumps(value, separators=(',', ':'), ensure_ascii=False)


if __name__ == '__main__':
    sys.exit(main())
