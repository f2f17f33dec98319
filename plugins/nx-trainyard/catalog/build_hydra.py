"""Writes hydra-VERSION.json: the configs that Hydra itself brings, and the types of its own node.

Run it with a Python that has hydra-core: `python3 catalog/build_hydra.py`. The same release gives the same
bytes. What it does not know how to describe ends it with an error.
"""

import dataclasses
import enum
import importlib.resources
import json
import pathlib
import typing

import hydra
from hydra.core.config_store import ConfigStore
from hydra.core.plugins import Plugins
from omegaconf import OmegaConf

SCALARS = {str: "str", int: "int", bool: "bool"}


def field_type(annotation):
    """A type as data: its kind, and whether it may be None."""
    if annotation is typing.Any:
        return {"kind": "any", "optional": True}
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Union and type(None) in arguments and len(arguments) == 2:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return {**field_type(inner), "optional": True}
    if origin is dict:
        key, value = arguments
        assert key is str, annotation
        return {"kind": "dict", "value": field_type(value)}
    if origin is list:
        return {"kind": "list", "item": field_type(arguments[0])}
    if dataclasses.is_dataclass(annotation):
        return struct_type(annotation)
    if issubclass(annotation, enum.Enum):
        return {"kind": "enum", "name": annotation.__name__, "members": {one.name: one.value for one in annotation}}
    return {"kind": SCALARS[annotation]}


def struct_type(cls):
    hints = typing.get_type_hints(cls)
    fields = {field.name: field_type(hints[field.name]) for field in dataclasses.fields(cls)}
    return {"kind": "struct", "name": cls.__name__, "fields": fields}


def files_in(folder, path=""):
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{path}{entry.name}"
        if entry.is_dir():
            yield from files_in(entry, f"{name}/")
        elif name.endswith(".yaml"):
            yield name.removesuffix(".yaml"), entry.read_text(encoding="utf-8")


def stored(repository, path=""):
    """What Hydra's own code has put into the config store."""
    for name, entry in sorted(repository.items()):
        if isinstance(entry, dict):
            yield from stored(entry, f"{path}{name}/")
        elif path.startswith("hydra/"):
            assert entry.provider == "hydra" and entry.package is None, entry
            node_type = OmegaConf.get_type(entry.node)
            text = OmegaConf.to_yaml(entry.node)
            yield f"{path}{name.removesuffix('.yaml')}", {"text": text, "type": struct_type(node_type)}


def main():
    Plugins.instance()  # registers the basic launcher and sweeper
    record = {
        "version": hydra.__version__,
        "files": dict(files_in(importlib.resources.files("hydra.conf"))),
        "structured": dict(stored(ConfigStore.instance().repo)),
    }
    out = pathlib.Path(__file__).parent / f"hydra-{hydra.__version__}.json"
    out.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
