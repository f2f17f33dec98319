"""Compares generated sweeps with what OmegaConf, PyYAML, torchtune and Hydra make of them.

Standard input is a JSON list of jobs, standard output the JSON list of answers. A job has `folder`
(of an experiment.yaml and its `configs`), `base` (the text of the base config), `paths` (which path a
written key means, where it is not its own dotted path), `outputDir` (a path, or null) and `script` (the
launcher script of the base, or null). Its answer is the list of everything that is not as it should be.
Of a large sweep every so many runs are looked at.
"""

import json
import os
import sys
import warnings

import yaml
from comparison import differences, leaf_paths, other_lines
from experiment import Experiment, keys_along, put, read, value_at
from omegaconf import OmegaConf
from programs import arguments_of, read_generic, read_hydra, recipe_arguments, torchtune_parser

TORCHTUNE = torchtune_parser()
MOST_RUNS = 200


def text_of(*path):
    with open(os.path.join(*path), encoding="utf-8", newline="") as file:
        return file.read()


class Sweep:
    def __init__(self, job):
        self.folder = job["folder"]
        self.base = job["base"]
        self.output_dir = job["outputDir"]
        self.script = job["script"]
        text = text_of(self.folder, "experiment.yaml")
        self.experiment = Experiment(text, read(self.base), job["paths"])
        fields = self.experiment.fields
        self.framework = fields["experiment"]["framework"]
        output = fields.get("output") or {}
        self.own_folders = output.get("per_run_output_dir", True)
        self.has_arguments = output.get("form") == "overrides"
        if self.framework == "hyperpod":
            # The template has arguments of its own, and the program gets them before the run's.
            recipe = read_hydra(read(self.base), recipe_arguments(self.script))
            self.experiment = Experiment(text, OmegaConf.to_container(recipe), job["paths"])
        self.manifest = json.loads(text_of(self.folder, "configs", "manifest.json"))["runs"]

    def problems(self):
        rows = self.experiment.rows()
        digits = max(3, len(str(len(rows) - 1)))
        ids = [f"run_{index:0{digits}}" for index in range(len(rows))]
        mapping = {}
        for run_id, (variables, outside, _) in zip(ids, rows):
            mapping[run_id] = {"variables": variables, **({"outside": outside} if outside else {})}
        written = OmegaConf.load(os.path.join(self.folder, "configs", "run_mapping.yaml"))
        yield from differences(OmegaConf.to_container(written), mapping, "run_mapping.yaml")
        if list(self.manifest) != ids:
            yield f"manifest.json has the runs {list(self.manifest)}, expected {ids}"
            return
        arguments = arguments_of(text_of(self.folder, "configs", "runs.args").encode()) if self.has_arguments else []
        every = -(-len(rows) // MOST_RUNS)
        for index, (run_id, row) in list(enumerate(zip(ids, rows)))[:: every or 1]:
            config, settings = self.experiment.config(row, run_id)
            settings += self.own_folder(config, run_id)
            self.own_name(config, run_id)
            want = OmegaConf.to_container(config)
            own = arguments[index] if self.has_arguments else []
            if self.framework == "hyperpod":
                found = self.from_script(run_id, own, want)
            elif self.has_arguments:
                found = self.from_arguments(own, want)
            else:
                found = self.from_file(run_id, want, settings)
            yield from (f"{run_id}: {problem}" for problem in found)

    def own_folder(self, config, run_id):
        """Puts in the run's own folder, whose name ends with the fingerprint."""
        shared = self.output_dir and value_at(OmegaConf.to_container(config), self.output_dir)
        if not self.own_folders or not isinstance(shared, str):
            return []
        run = self.manifest[run_id]
        name = run["output_dir"].rpartition("/")[2]
        slug, _, fingerprint = name.rpartition("-")
        if not 0 < len(slug) <= 60 or fingerprint != run["fingerprint"][:8]:
            raise ValueError(f"{run_id} has the folder {name}")
        own = f"{shared.rstrip('/')}/{name}"
        put(config, keys_along(OmegaConf.to_container(config), self.output_dir), own)
        return [(self.output_dir, own)]

    def own_name(self, config, run_id):
        """Puts in the run's own name, which ends with the fingerprint."""
        run = self.manifest[run_id]
        if "name" not in run:
            return
        stem, _, fingerprint = run["name"].rpartition("-")
        if not 0 < len(stem) <= 25 or fingerprint != run["fingerprint"][:8]:
            raise ValueError(f"{run_id} has the name {run['name']}")
        put(config, ["run", "name"], run["name"])
        # What a template makes of the name, such as a folder, follows it.
        shared = value_at(self.experiment.base, ["run", "name"])
        for word in recipe_arguments(self.script):
            key, _, value = word.partition("=")
            path = key.split(".")[1:]
            if shared in value and value_at(OmegaConf.to_container(config), path) == value:
                put(config, path, value.replace(shared, run["name"]))

    def from_arguments(self, arguments, want):
        config_file = os.path.join(self.folder, "configs", "base.yaml")
        if self.framework == "torchtune":
            config = TORCHTUNE(config_file, arguments)
        else:
            config = read_generic(config_file, arguments)
        yield from differences(OmegaConf.to_container(config), want, f"{arguments} give config")

    def from_script(self, run_id, arguments, want):
        script = text_of(self.folder, "configs", "base.sh" if self.has_arguments else f"{run_id}.sh")
        words = recipe_arguments(script, arguments)
        config = read_hydra(read(self.base), words)
        yield from differences(OmegaConf.to_container(config), want, f"{words} give config")

    def from_file(self, run_id, want, settings):
        file = os.path.join(self.folder, "configs", f"{run_id}.yaml")
        text = text_of(file)
        yield from differences(OmegaConf.to_container(OmegaConf.load(file)), want)
        safe = yaml.safe_load(text)
        for path, value in settings:
            yield from set_differences(safe, want, path, value)
        yield from self.line_problems(text, settings)

    def line_problems(self, text, settings):
        base = self.base
        if "\r\n" in base and text.count("\n") != text.count("\r\n"):
            yield "has line ends of two kinds"
        # Where anchors share a value, the lines of all that share it may have to change.
        if "&" in base or "<<" in base or "+\n" in base:
            return
        replaced = self.experiment.replaced
        paths = [
            leaf
            for path, value in settings
            for leaf in ([path] if path in replaced else leaf_paths(path, value, value_at(self.experiment.base, path)))
        ]
        was, now = other_lines(base, text, paths, self.experiment.deleted)
        if was != now:
            yield f"other lines changed: {[line for line in was if line not in now]} became {[line for line in now if line not in was]}"


def set_differences(safe, want, path, value):
    """Where PyYAML reads another value than the experiment set."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from set_differences(safe, want, [*path, str(key)], item)
    else:
        yield from differences(value_at(safe, path), value_at(want, path), f"PyYAML's {'.'.join(path)}")


def answer(job):
    try:
        return list(Sweep(job).problems())
    except Exception as problem:  # an answer like any other: the test shows it
        return [f"{type(problem).__name__}: {problem}"]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump([answer(job) for job in json.load(sys.stdin)], sys.stdout)
