"""The arguments of a run, read by the programs that they are for."""

import os
import re
import subprocess
import sys
import tempfile
import types
from importlib.util import find_spec

from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

READ_LINES = r"""
while IFS= read -r line; do
  eval "set -- $line"
  printf '%s\0' "$#" "$@"
done
"""


def arguments_of(lines):
    """The arguments that bash makes of each line."""
    out = subprocess.run(["bash", "-c", READ_LINES], input=lines, stdout=subprocess.PIPE, check=True).stdout
    fields = iter(out.decode().split("\0"))
    return [[next(fields) for _ in range(int(count))] for count in fields if count != ""]


# Nothing runs: what the script would start is printed instead, and what a script misses of a real
# machine, such as a folder of data, does not end it.
SHOW_COMMANDS = r"""
command_not_found_handle() { printf '%s\0' "$@"; }
exit() { :; }
. "$0"
"""


def recipe_arguments(script, arguments=()):
    """What a launcher script, given arguments, says about the recipe to the program that it starts."""
    required = re.findall(r"\$\{(\w+):\?", script)
    environment = {"PATH": "/nowhere", **{name: "x" for name in required}}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        command = ["/bin/bash", "-c", SHOW_COMMANDS, file.name, *arguments]
        out = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    return [word for word in out.decode().split("\0") if re.match(r"[+~]*recipes\.", word)]


def torchtune_parser():
    """torchtune's own argument parser and merge. They need no torch; what stands around them does."""
    found = find_spec("torchtune")
    if found is None:
        return None
    (folder,) = found.submodule_search_locations
    for name in ("torchtune", "torchtune.config"):
        package = types.ModuleType(name)
        package.__path__ = [os.path.join(folder, *name.split(".")[1:])]
        sys.modules[name] = package
    logging = types.ModuleType("torchtune.utils._logging")
    logging.get_logger = logging.log_rank_zero = None
    sys.modules["torchtune.utils"] = types.ModuleType("torchtune.utils")
    sys.modules["torchtune.utils._logging"] = logging
    from torchtune.config._parse import TuneRecipeArgumentParser
    from torchtune.config._utils import _merge_yaml_and_cli_args

    def read(config_file, arguments):
        # What `tune run` leaves of its own command line for the recipe.
        parser = TuneRecipeArgumentParser()
        namespace, rest = parser.parse_known_args(["--config", config_file, *arguments])
        return _merge_yaml_and_cli_args(namespace, rest)

    return read


def read_generic(config_file, arguments):
    """`key=value` as OmegaConf reads it, and `~key` for what goes."""
    config = OmegaConf.load(config_file)
    for argument in arguments:
        if argument.startswith("~"):
            *above, last = argument[1:].split(".")
            del (OmegaConf.select(config, ".".join(above)) if above else config)[last]
    config.merge_with_dotlist([argument for argument in arguments if not argument.startswith("~")])
    return config


def read_hydra(recipe, arguments):
    """Arguments of the launcher, applied by Hydra to a composed recipe."""
    with tempfile.TemporaryDirectory() as folder:
        OmegaConf.save(OmegaConf.create({"recipes": recipe}), os.path.join(folder, "config.yaml"))
        with initialize_config_dir(version_base=None, config_dir=folder):
            return compose("config", arguments).recipes
