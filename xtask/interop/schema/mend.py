"""Mends what the fuzzer cannot read of an OpenAPI file.

- `null` without quotes in a list of types is YAML's null, where the type "null" is meant.
- A discriminator without a mapping stands for the names of schemas, where the documented values are others:
  `oneOf` is checked without it.
- A 204 has no body, whatever its description says.
- An operation without 401 does not describe its errors: any may come.
- What is marked as unreleased is left out.
"""


def mend(node):
    if isinstance(node, list):
        return [mend(item) for item in node]
    if not isinstance(node, dict):
        return node
    released = {key: value for key, value in node.items() if not isinstance(value, dict) or not value.get("x-unreleased")}
    mended = {str(key): mend(value) for key, value in released.items()}
    if isinstance(mended.get("responses"), dict) and "401" not in mended["responses"]:
        mended["responses"]["4XX"] = {"description": "an error"}
    if isinstance(mended.get("type"), list):
        mended["type"] = ["null" if kind is None else kind for kind in mended["type"]]
    if isinstance(mended.get("discriminator"), dict) and "mapping" not in mended["discriminator"]:
        del mended["discriminator"]
    if isinstance(mended.get("204"), dict):
        mended["204"].pop("content", None)
    return mended
