"""The clients of the package, driven in the same way: `AsyncImageKit` is run to the end of each call."""

import asyncio
import inspect

from imagekitio import AsyncImageKit, ImageKit
from imagekitio._resource import AsyncAPIResource, SyncAPIResource

RESOURCES = (SyncAPIResource, AsyncAPIResource)


def resources(owner):
    """The resources of a client or a resource, by name."""
    names = [name for name in dir(type(owner)) if not name.startswith(("_", "with_"))]
    found = {name: getattr(owner, name) for name in names if not callable(getattr(type(owner), name, None))}
    return {name: value for name, value in found.items() if isinstance(value, RESOURCES)}


def methods(owner, path=""):
    """The names of all methods of all resources, such as `files.versions.list`."""
    for name, resource in resources(owner).items():
        inner = f"{path}{name}"
        for method in dir(type(resource)):
            if not method.startswith("_") and inspect.isfunction(getattr(type(resource), method)):
                yield f"{inner}.{method}"
        yield from methods(resource, f"{inner}.")


class Driven:
    """A client or a resource whose calls are noted, and waited for."""

    def __init__(self, inner, loop, called, path=""):
        self._inner, self._loop, self._called, self._path = inner, loop, called, path

    def __getattr__(self, name):
        value = getattr(self._inner, name)
        path = f"{self._path}.{name}" if self._path else name
        if isinstance(value, RESOURCES) or name.startswith("with_raw"):
            return Driven(value, self._loop, self._called, path)
        if not callable(value):
            return value

        def call(*args, **kwargs):
            self._called.add(path)
            result = value(*args, **kwargs)
            return self._loop.run_until_complete(result) if inspect.isawaitable(result) else result

        return call


class Kind:
    """One of the two client classes."""

    def __init__(self, name, url, private_key):
        self.name = name
        self._class = {"ImageKit": ImageKit, "AsyncImageKit": AsyncImageKit}[name]
        self._options = {"private_key": private_key, "base_url": url, "max_retries": 0, "timeout": 20}
        self.loop = asyncio.new_event_loop()
        self.called = set()

    def client(self, **options):
        """A client that refuses responses which are not as the package's types say."""
        client = self._class(**{**self._options, **options}, _strict_response_validation=True)
        return Driven(client, self.loop, self.called)

    @property
    def is_async(self):
        return self._class is AsyncImageKit

    def missing(self):
        all_methods = set(methods(self.client()._inner))
        return len(all_methods), sorted(all_methods - self.called)
