"""Prepares an OpenAPI file for the fuzzer: `prepare.py IN.yaml OUT.json URL PRIVATE_KEY`.

It fills the library at URL, and names what is there in the file, so that requests find it.
"""

import json
import sys

import yaml
from library import Library
from mend import mend

ABSENT = "0" * 24


def known(values):
    return {"type": "string", "enum": [*values, ABSENT, "nothing"]}


def name_values(node, values):
    """Replaces the schemas of the properties that `values` names."""
    if isinstance(node, list):
        for item in node:
            name_values(item, values)
    if not isinstance(node, dict):
        return
    for name, schema in (node.get("properties") or {}).items():
        if name in values and isinstance(schema, dict):
            items = known(values[name])
            node["properties"][name] = {**schema, "items": items} if schema.get("type") == "array" else items
    for child in node.values():
        name_values(child, values)


def main():
    source, target, url, key = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        schema = mend(yaml.safe_load(file))
    library = Library(url, key)
    for path, operations in schema["paths"].items():
        parameters = [*operations.get("parameters", [])]
        for operation in operations.values():
            if isinstance(operation, dict):
                parameters += operation.get("parameters", [])
                name_values(operation.get("requestBody"), library.bodies)
        for parameter in parameters:
            values = library.parameters(path).get(parameter.get("name"))
            if values:
                parameter.pop("example", None)
                parameter["schema"] = known(values)
    with open(target, "w", encoding="utf-8") as file:
        json.dump(schema, file, default=str)


main()
