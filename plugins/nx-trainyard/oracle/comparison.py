"""Typed comparison of values, and of texts line by line."""

import functools
import re

import yaml
from experiment import read
from omegaconf._utils import get_yaml_loader


def differences(got, want, path="config"):
    """Where two values differ: 1 is neither 1.0 nor True. The order of keys does not count."""
    if type(got) is not type(want):
        yield f"{path}: {got!r} ({type(got).__name__}), expected {want!r} ({type(want).__name__})"
    elif isinstance(want, dict):
        typed_got, typed_want = ({(type(key), key): key for key in value} for value in (got, want))
        for key in typed_got.keys() | typed_want.keys():
            here = f"{path}.{key[1]}"
            if key not in typed_want:
                yield f"{here}: is there ({got[key[1]]!r}), not expected"
            elif key not in typed_got:
                yield f"{here}: is not there, expected {want[key[1]]!r}"
            else:
                yield from differences(got[key[1]], want[key[1]], here)
    elif isinstance(want, list):
        if len(got) != len(want):
            yield f"{path}: {got!r}, expected {want!r}"
        else:
            for index, (one, other) in enumerate(zip(got, want)):
                yield from differences(one, other, f"{path}[{index}]")
    elif repr(got) != repr(want) if isinstance(want, float) else got != want:
        yield f"{path}: {got!r}, expected {want!r}"


def is_collection(node):
    return isinstance(node, (yaml.MappingNode, yaml.SequenceNode))


def names(key, part):
    """Whether a key is what a part of a path means, and not only spelled so."""
    if key.tag.endswith(":str"):
        return key.value == part
    return not isinstance(part, str) and read(key.value) == part


def indent_of(line):
    return len(line) - len(line.lstrip(" "))


class Document:
    """A YAML text with the lines on which its keys and values stand."""

    def __init__(self, text):
        self.lines = text.splitlines()
        self.root = yaml.compose(text, Loader=get_yaml_loader())

    def below(self, node, part):
        """What stands under a key or an index: the line where it starts, and its value."""
        if isinstance(node, yaml.MappingNode):
            named = [pair for pair in node.value if names(pair[0], part)]
            named += [pair for pair in node.value if pair[0].value == part]
            for key, value in named:
                return key.start_mark.line, value
        elif isinstance(node, yaml.SequenceNode) and int(part) < len(node.value):
            item = node.value[int(part)]
            start = item.start_mark.line
            column = node.start_mark.column
            while not node.flow_style and self.lines[start][:column].strip(" -?") + self.lines[start][column : column + 1] != "-":
                start -= 1  # the dash stands above
            return start, item
        return None

    def depth(self, path):
        """How much of a path is there. Brackets are one thing: what is in them counts as absent."""
        node = self.root
        for depth, part in enumerate(path):
            if not is_collection(node) or node.flow_style:
                return max(depth - 1, 0)
            found = self.below(node, part)
            if found is None:
                return depth
            node = found[1]
        return len(path)

    def at(self, path):
        node = self.root
        for part in path:
            found = node and self.below(node, part)
            node = found and found[1]
        return node

    def size(self, path):
        node = self.at(path)
        return len(node.value) if node and is_collection(node) else 0

    def keys(self, path):
        node = self.at(path)
        return {key.value for key, _ in node.value} if isinstance(node, yaml.MappingNode) else set()

    def span(self, path):
        """The lines of a key with its value, and with the comments below that are indented deeper."""
        start, node = 0, self.root
        for part in path:
            found = self.below(node, part)
            if found is None:
                return set()
            start, node = found
        if not path or node is None:
            return set()
        last = self.last_line(start, node)
        indent = indent_of(self.lines[start])
        for number in range(last + 1, len(self.lines)):
            line = self.lines[number]
            if line.strip().startswith("#") and indent_of(line) > indent:
                last = number
            elif line.strip():
                break
        return set(range(start, last + 1))

    def last_line(self, start, node):
        if isinstance(node, yaml.ScalarNode):
            if node.style not in ("|", ">"):
                return node.end_mark.line
            last = node.end_mark.line - (node.end_mark.column == 0)
            while last > node.start_mark.line and self.lines[last].strip() == "":
                last -= 1
            return last
        if node.flow_style or not node.value:
            return node.end_mark.line
        last = node.value[-1]
        return self.last_line(start, last[1] if isinstance(last, tuple) else last)

    def without(self, paths):
        gone = set().union(*map(self.span, paths))
        # A dash says nothing beyond its column: an item may move up to it, and so may a key of one
        # whose first key goes.
        kept = [line for number, line in enumerate(self.lines) if number not in gone and line.strip(" -")]
        return [re.sub(r"^( *)((?:- +)+)", lambda dash: " " * len(dash[0]), line) for line in kept]


@functools.lru_cache(maxsize=1)
def document(text):
    """A document that many are compared with."""
    return Document(text)


def leaf_paths(path, value, base):
    """The paths that a value changes: maps merge key by key."""
    if isinstance(value, dict) and isinstance(base, dict) and value and base:
        for key, item in value.items():
            yield from leaf_paths([*path, key], item, base.get(key))
    else:
        yield path


def other_lines(base_text, run_text, set_paths, deleted):
    """Both texts without the lines of what is set and deleted: they have to be the same."""
    base, run = document(base_text), Document(run_text)
    paths = []
    for path in set_paths:
        depth = base.depth(path)
        is_new = depth < len(path) and base.size(path[:depth]) > 0
        paths.append(path[: depth + is_new])
    for path in deleted:
        while len(path) > 1 and not base.keys(path[:-1]) & run.keys(path[:-1]):
            path = path[:-1]
        paths.append(path[: max(base.depth(path), 1)])
    if [] in paths:  # nothing was there before
        return [], []
    return base.without(paths), run.without(paths)
