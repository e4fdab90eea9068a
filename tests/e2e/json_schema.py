"""JSON Schema 2020-12, as far as the interface's OpenAPI document uses it: an unknown keyword is an error, so that nothing
is passed over."""

import datetime
import json
import re

KEYWORDS = {"$ref", "anyOf", "type", "format", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "items",
            "properties", "required", "additionalProperties", "description"}
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict, "array": list, "null": type(None)}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")


def unknown_in(schema):
    """Keywords in a schema that this validator does not know."""
    found = schema.keys() - KEYWORDS
    inside = [*schema.get("properties", {}).values(), *schema.get("anyOf", ()), schema.get("items"),
              schema.get("additionalProperties")]
    return found.union(*(unknown_in(one) for one in inside if isinstance(one, dict)))


def no_twins(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError(f"a name twice: {names}")
    return dict(pairs)


def parse(text):
    """Bytes as strict JSON: UTF-8, no name twice, no NaN."""
    def refuse(word):
        raise ValueError(f"{word} is no JSON")
    return json.loads(text.decode("utf-8"), object_pairs_hook=no_twins, parse_constant=refuse)


def is_a(value, name):
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def is_time(text):
    if not TIME.fullmatch(text):
        return False
    try:
        datetime.datetime.fromisoformat(text[:19])
    except ValueError:
        return False
    return True


class Schemas:
    """The schemas of one document."""

    def __init__(self, document):
        self.named = document["components"]["schemas"]

    def resolve(self, schema):
        while "$ref" in schema:
            prefix, _, name = schema["$ref"].rpartition("/")
            if prefix != "#/components/schemas":
                raise KeyError(schema["$ref"])
            schema = self.named[name]
        return schema

    def faults(self, schema, value, place="$"):
        """What in `value` the schema does not allow, with where."""
        if unknown := schema.keys() - KEYWORDS:
            raise KeyError(f"{place}: this validator does not know {unknown}")
        if "$ref" in schema:
            return self.faults(self.resolve(schema), value, place)
        if "anyOf" in schema:
            tries = [self.faults(one, value, place) for one in schema["anyOf"]]
            return [] if any(not found for found in tries) else tries[0]
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if kinds and not any(is_a(value, kind) for kind in kinds):
            return [f"{place}: {value!r:.80} is not {' or '.join(kinds)}"]
        check = {str: self.text_faults, int: self.number_faults, dict: self.object_faults, list: self.list_faults}
        return check[type(value)](schema, value, place) if type(value) in check else []

    @staticmethod
    def text_faults(schema, value, place):
        faults = []
        if "enum" in schema and value not in schema["enum"]:
            faults.append(f"{place}: {value!r:.80} is none of {schema['enum']}")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            faults.append(f"{place}: {value!r:.80} is not {schema['pattern']}")
        if schema.get("format") == "date-time" and not is_time(value):
            faults.append(f"{place}: {value!r:.80} is no time")
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            faults.append(f"{place}: it has {len(value)} characters")
        return faults

    @staticmethod
    def number_faults(schema, value, place):
        if schema.get("minimum", value) <= value <= schema.get("maximum", value):
            return []
        return [f"{place}: {value} is out of range"]

    def object_faults(self, schema, value, place):
        known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        faults = [f"{place}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, member in value.items():
            where = f"{place}.{name}"
            if name in known:
                faults += self.faults(known[name], member, where)
            elif more is False:
                faults.append(f"{where} is not documented")
            elif more is not True:
                faults += self.faults(more, member, where)
        return faults

    def list_faults(self, schema, value, place):
        return [fault for i, item in enumerate(value) for fault in self.faults(schema.get("items", {}), item, f"{place}[{i}]")]
