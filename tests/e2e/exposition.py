"""Prometheus' text exposition format 0.0.4, read strictly: what the format doesn't allow is an error with its line."""

import math
import re

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
VALUE = re.compile(r"NaN|[+-]?Inf|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
TYPES = ("counter", "gauge", "histogram", "summary", "untyped")
ESCAPES = {"\\": "\\", '"': '"', "n": "\n"}


class Malformed(Exception):
    pass


class Family:
    def __init__(self, name):
        self.name, self.type, self.help = name, None, None
        self.samples = {}  # (name, sorted labels) -> value

    def owns(self, sample):
        endings = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")}
        return sample in {self.name + ending for ending in endings.get(self.type, ("",))}

    def value(self, name=None, **labels):
        return self.samples[(name or self.name, tuple(sorted(labels.items())))]


def read_labels(text, at):
    """Labels from the brace on; gives them and where they end."""
    labels, at = {}, at + 1
    while text[at:at + 1] != "}":
        found = LABEL.match(text, at)
        if not found or text[found.end():found.end() + 2] != '="':
            raise Malformed("no label")
        name, at, value = found.group(), found.end() + 2, ""
        if name in labels or name.startswith("__"):
            raise Malformed(f"label {name}")
        while (c := text[at:at + 1]) != '"':
            if c == "":
                raise Malformed("a label's value has no end")
            if c == "\\":
                at += 1
                c = ESCAPES.get(text[at:at + 1])
                if c is None:
                    raise Malformed("an escape that is none")
            value += c
            at += 1
        labels[name], at = value, at + 1
        if text[at:at + 1] == ",":
            at += 1
        elif text[at:at + 1] != "}":
            raise Malformed("no comma between labels")
    return labels, at + 1


def read_sample(line):
    found = NAME.match(line)
    if not found:
        raise Malformed("no name")
    labels, at = read_labels(line, found.end()) if line[found.end():found.end() + 1] == "{" else ({}, found.end())
    rest = line[at:].split(" ")
    if len(rest) != 2 or rest[0] != "" or not VALUE.fullmatch(rest[1]):
        raise Malformed("no value")
    return found.group(), labels, float(rest[1])


def read_comment(line, families, current):
    words = line.split(" ", 3)
    if len(words) < 4 or words[1] not in ("HELP", "TYPE") or not NAME.fullmatch(words[2]):
        raise Malformed("a comment that says nothing")
    kind, name, text = words[1:]
    if kind == "HELP":
        if name in families:
            raise Malformed(f"{name} comes twice")
        if re.search(r"\\(?![\\n])", text):
            raise Malformed("an escape that is none")
        current = families[name] = Family(name)
        current.help = text
    elif current is None or current.name != name or current.type is not None or current.samples:
        raise Malformed("TYPE is not where it belongs")
    elif text not in TYPES:
        raise Malformed(f"type {text}")
    else:
        current.type = text
    return current


def check_histogram(family):
    groups = {}
    for (name, labels), value in family.samples.items():
        labels = dict(labels)
        bound = labels.pop("le", None)
        if (bound is not None) != name.endswith("_bucket"):
            raise Malformed(f"{family.name}: le")
        group = groups.setdefault(tuple(sorted(labels.items())), {"buckets": []})
        if bound is None:
            group[name] = value
        else:
            group["buckets"].append((float(bound), value))
    for group in groups.values():
        bounds = [bound for bound, _ in group["buckets"]]
        counts = [count for _, count in group["buckets"]]
        if bounds != sorted(set(bounds)) or bounds[-1] != math.inf or counts != sorted(counts):
            raise Malformed(f"{family.name}: buckets")
        if counts[-1] != group[family.name + "_count"] or family.name + "_sum" not in group:
            raise Malformed(f"{family.name}: sum and count")


def check_family(family):
    if family.type is None:
        raise Malformed(f"{family.name} has no type")
    if family.type == "histogram":
        check_histogram(family)
    for (name, _), value in family.samples.items():
        if family.type in ("counter", "histogram") and not value >= 0:
            raise Malformed(f"{name} is {value}")
    if family.type == "counter" and not family.name.endswith("_total"):
        raise Malformed(f"{family.name} does not end with _total")


def parse(text):
    """Families by name. Malformed says where."""
    if not text.endswith("\n") or "\r" in text:
        raise Malformed("lines end with a line feed, the last one too")
    families, current = {}, None
    for number, line in enumerate(text[:-1].split("\n"), 1):
        try:
            if line.startswith("#"):
                current = read_comment(line, families, current)
                continue
            name, labels, value = read_sample(line)
            if current is None or not current.owns(name):
                raise Malformed(f"{name} is not of the family that was begun")
            key = (name, tuple(sorted(labels.items())))
            if key in current.samples:
                raise Malformed("the sample comes twice")
            current.samples[key] = value
        except Malformed as error:
            raise Malformed(f"line {number}: {error}: {line}") from None
    for family in families.values():
        check_family(family)
    return families
