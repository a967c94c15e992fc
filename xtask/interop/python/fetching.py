"""Requests without the package."""

import urllib.error
import urllib.request


def fetch(url, method="GET", headers=None, data=None):
    """The status, headers and body of a response."""
    request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=20) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
