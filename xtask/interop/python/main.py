"""Drives the official Python package against an emulator: `main.py URL PRIVATE_KEY PUBLIC_KEY`.

Every check runs with both clients of the package, each in a folder of its own.
"""

import importlib
import sys
import traceback

from clients import Kind
from report import Report

RESOURCES = [
    "upload", "files", "versions", "metadata", "bulk", "assets", "folders", "cache", "custom_metadata",
    "saved_extensions", "named_transformations", "origins", "url_endpoints", "account_webhooks", "usage", "delivery",
    "client_upload", "beta_upload", "webhooks", "errors", "load",
]


class Context:
    """What the checks of a resource need."""

    def __init__(self, kind, report, url, private_key, public_key):
        self.kind, self.report, self.url, self.public_key, self.private_key = kind, report, url, public_key, private_key
        self.client = kind.client()
        self.url_endpoint = f"{url}/demo"
        self.folder = f"/python-{kind.name}"
        self.prefix = kind.name


def main():
    url, private_key, public_key = sys.argv[1:]
    report = Report()
    for name in ["ImageKit", "AsyncImageKit"]:
        kind = Kind(name, url, private_key)
        context = Context(kind, report, url, private_key, public_key)
        for resource in RESOURCES:
            report.resource = f"{name}, {resource}"
            try:
                importlib.import_module(resource).run(context)
            except Exception:
                report.fail("runs to its end", "no exception", traceback.format_exc())
        report.resource = f"{name}, coverage"
        number, missing = kind.missing()
        report.equal("every method of the package was called", missing, [])
    print(f"{report.passed} passed, {report.failed} failed ({number} methods of each client of imagekitio)")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
