"""What an experiment asks for, worked out by OmegaConf: its rows, and the config of each run."""

import itertools
import re

import yaml
from omegaconf import OmegaConf
from omegaconf._utils import get_yaml_loader


def read(text):
    return yaml.load(text, Loader=get_yaml_loader())


MISSING = object()


def spell(value):
    """A value inside a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join(map(spell, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{spell(key)}: {spell(item)}" for key, item in value.items()) + "}"
    return OmegaConf.to_yaml({"value": value}).removeprefix("value: ").rstrip("\n")


def same(a, b):
    """Python's equality, except that a bool is no number."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def values_of(written):
    """The values of a variable."""
    if isinstance(written, list):
        return written
    ((sugar, (first, last, third)),) = written.items()
    if sugar == "range":
        numbers = [first + n * third for n in range(int((last - first) / third + 1e-9) + 1)]
        whole = all(isinstance(number, int) for number in (first, last, third))
    else:
        steps = range(third)
        between = {
            "linspace": lambda part: first + (last - first) * part,
            "log": lambda part: first * (last / first) ** part,
        }[sugar]
        numbers = [between(n / max(third - 1, 1)) for n in steps]
        whole = isinstance(first, int) and isinstance(last, int)
    rounded = [float(f"{number:.12g}") for number in numbers]
    whole = whole and all(number.is_integer() for number in rounded)
    return [int(number) for number in rounded] if whole else rounded


class Experiment:
    """`paths` says which path a written key means where that is not its own dotted path."""

    def __init__(self, text, base, paths):
        self.fields = read(text)
        self.base = base or {}
        self.paths = paths
        self.sweep = self.fields.get("sweep") or {}
        self.swept = [name for axis in self.axes() for settings, _ in axis for name in settings]
        self.outside = [name for name in self.fields.get("outside") or {}]
        self.whole = {*self.swept, *self.outside, *self.section("replace")}
        self.replaced = [self.path(name) for name in self.section("replace")]
        self.deleted = [self.path(name) for name in self.section("delete")]
        self.controls = dict(self.leaves(self.section("controls")))
        self.shared = self.create()
        for name, value in self.controls.items():
            self.set(self.shared, name, value)

    def section(self, name):
        return self.fields.get(name) or {}

    def path(self, name):
        if name in self.paths:
            return self.paths[name]
        # A short name may stand for a mapping, of which this is a key.
        head, *rest = name.split(".")
        return [*self.paths.get(head, [head]), *rest]

    def leaves(self, mapping, prefix=""):
        """Nested keys as dotted ones."""
        for key, value in mapping.items():
            name = f"{prefix}{key}"
            nested = isinstance(value, dict) and value and all(map(is_path, value))
            if nested and name not in self.whole:
                yield from self.leaves(value, f"{name}.")
            else:
                yield name, value

    def axes(self):
        """Each axis is a list of settings: of variables, and of outside keys."""
        for name, written in self.section("variables").items():
            yield [({name: value}, {}) for value in values_of(written)]
        for group in self.sweep.get("zip", []):
            columns = [[(name, value) for value in values_of(written)] for name, written in group.items()]
            yield [(dict(row), {}) for row in zip(*columns)]
        for name, written in self.section("outside").items():
            yield [({}, {name: value}) for value in values_of(written)]

    def matches(self, values, pattern):
        return all(
            name in values
            and any(same(values[name], one) for one in (wanted if isinstance(wanted, list) else [wanted]))
            for name, wanted in self.leaves(pattern)
        )

    def rows(self):
        """Rows in order: their variables, their outside keys, and which repetition they are."""
        axes = list(self.axes())
        explicit = [dict(self.leaves(row)) for row in self.sweep.get("runs", [])]
        kept = []
        for settings in itertools.product(*axes) if axes or not explicit else []:
            variables = {name: value for own, _ in settings for name, value in own.items()}
            outside = {name: value for _, own in settings for name, value in own.items()}
            around = {**variables, **outside}
            if not any(self.matches(around, pattern) for pattern in self.sweep.get("exclude", [])):
                kept.append((variables, outside))
        for row in explicit:
            variables = {name: value for name, value in row.items() if name not in self.outside}
            kept.append((variables, {name: row[name] for name in row if name in self.outside}))
        repeats = self.sweep.get("repeats")
        if repeats is None:
            return [(*row, None) for row in kept]
        key = repeats.get("seed_key", "seed")
        seeds = repeats.get("seeds") or range(repeats["n"])
        return [({**variables, key: seed}, outside, n) for variables, outside in kept for n, seed in enumerate(seeds)]

    def create(self):
        return OmegaConf.create(self.base)

    def scope(self, row, changed):
        """What a name stands for."""

        def value_of(name):
            for values in (changed, *row, self.controls):
                if name in values:
                    return values[name]
            return value_at(OmegaConf.to_container(self.shared), self.path(name), MISSING)

        return value_of

    def config(self, row, run_id):
        """The merged config of a run, without a folder of its own, and what was set: path to value."""
        variables, outside, _ = row
        changed = {}
        value_of = self.scope((variables, outside), changed)
        chosen = {}
        for condition in self.sweep.get("when", []):
            if all(self.matches({n: value_of(n)}, {n: w}) for n, w in self.leaves(condition["if"])):
                taken = [self.path(name) for name in chosen]
                for name, value in self.leaves(condition["set"]):
                    if not any(meet(self.path(name), other) for other in taken):
                        chosen[name] = value
        changed.update(chosen)
        for name, expression in self.section("derived").items():
            changed[name] = computed(expression, value_of)
        texts = {"run_id": run_id, "experiment.name": self.fields["experiment"]["name"]}
        label = self.section("output").get("run_name")
        if label is not None:
            texts["label"] = substitute(label, lambda name: texts.get(name) or text_of(value_of(name)))
        names = {*self.swept, *self.outside}

        def text(name):
            return texts.get(name) or (text_of(value_of(name)) if name in names else None)

        settings = [(name, substituted(value, text)) for name, value in self.controls.items()]
        settings += [*variables.items(), *changed.items()]
        config = self.create()
        for name, value in settings:
            self.set(config, name, value)
        for path in sorted(self.deleted, key=last_item_first):
            remove(config, path)
        return config, [(self.path(name), value) for name, value in settings]

    def set(self, config, name, value):
        path = self.path(name)
        plain = OmegaConf.to_container(config)
        keys = keys_along(plain, path)
        # OmegaConf refuses to merge a list and a mapping; the later one counts.
        for depth in range(1, len(keys)):
            if isinstance(value_at(plain, path[:depth]), list) and not isinstance(keys[depth], Index):
                put(config, keys[:depth], None)
        old = value_at(plain, path)
        other_kind = isinstance(old, (dict, list)) and type(old) is not type(value)
        if path in self.replaced or other_kind:
            put(config, keys, None)
        put(config, keys, value)


def is_path(key):
    return isinstance(key, str) and all(key.split("."))


def put(config, keys, value):
    """Merges a value at a path, as OmegaConf does."""
    if any(isinstance(key, Index) for key in keys):
        OmegaConf.update(config, ".".join(map(str, keys)), value)
        return
    for key in reversed(keys):
        value = {key: value}
    config.merge_with(value)


def remove(config, path):
    *above, last = keys_along(OmegaConf.to_container(config), path)
    node = config
    for key in above:
        node = node._get_node(key)
        if not OmegaConf.is_config(node):
            return
    if isinstance(last, Index) or last in node.keys():  # `in` itself does not see a missing value
        del node[last]


def meet(one, other):
    """Whether one of two paths leads through the other."""
    return all(part == more for part, more in zip(one, other))


def last_item_first(path):
    """Orders paths so that items of a list keep their places while others are removed."""
    return [-int(part) if part.isdigit() else 1 for part in path]


class Index(int):
    """A place in a list."""


def keys_along(value, path):
    """The keys that the parts of a path name: a string, else the int that is spelled so."""
    keys = []
    for part in path:
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            key = Index(part)
            value = value[key]
        else:
            known = value if isinstance(value, dict) else {}
            key = int(part) if part not in known and part.isdigit() and int(part) in known else part
            value = known.get(key)
        keys.append(key)
    return keys


def value_at(value, path, default=None):
    for key in keys_along(value, path):
        is_there = isinstance(value, list) if isinstance(key, Index) else isinstance(value, dict) and key in value
        if not is_there:
            return default
        value = value[key]
    return value


def computed(expression, value_of):
    """The value of an expression, as Python computes it."""
    values = {}

    def variable(match):
        values[f"v{len(values)}"] = value_of(match[0])
        return f"v{len(values) - 1}"

    code = re.sub(r"(?<![\w.])(?!(?:min|max|round)\b)[A-Za-z_]\w*(?:\.\w+)*", variable, expression)
    return eval(code, {"__builtins__": {"min": min, "max": max, "round": round}}, values)


def text_of(value):
    return None if value is MISSING else spell(value)


BRACES = re.compile(r"\{\{([^{}]+)\}\}|\{([^{}]+)\}")


def substitute(text, text_for):
    """`{name}` filled in; `{{name}}` is `{name}`. Interpolations stay."""

    def filled(match):
        name = match[1] or match[2]
        value = text_for(name)
        if value is None:
            return match[0]
        return f"{{{name}}}" if match[1] else value

    parts = re.split(r"(\$\{[^{}]*\})", text)
    return "".join(part if part.startswith("${") else BRACES.sub(filled, part) for part in parts)


def substituted(value, text_for):
    if isinstance(value, str):
        return substitute(value, text_for)
    if isinstance(value, list):
        return [substituted(item, text_for) for item in value]
    if isinstance(value, dict):
        return {key: substituted(item, text_for) for key, item in value.items()}
    return value
