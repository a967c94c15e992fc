"""Counts checks and prints those that fail."""

import re

from pydantic import BaseModel


def plain(value):
    """A response as JSON: the API's own names, and only what the response held."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.resource = ""

    def fail(self, name, expected, seen):
        self.failed += 1
        print(f"FAIL {self.resource}: {name}\n     expected {expected}\n     seen     {seen}")

    def equal(self, name, seen, expected):
        """The two values are equal."""
        seen = plain(seen)
        if seen == expected:
            self.passed += 1
        else:
            self.fail(name, repr(expected), repr(seen)[:600])

    def holds(self, check, seen, /, **expected):
        """The response holds these fields; others do not matter. `None` is null or absent."""
        held = plain(seen) or {}
        self.equal(check, {key: held.get(key) for key in expected}, expected)

    def matches(self, name, seen, pattern):
        """The text matches the pattern."""
        if isinstance(seen, str) and re.search(pattern, seen):
            self.passed += 1
        else:
            self.fail(name, f"text like {pattern}", repr(seen))

    def refused(self, name, call, status=None, error=None, message=None, **body):
        """The call fails with an error of this status, class, message and these fields."""
        try:
            result = call()
        except Exception as raised:
            held = raised.body if isinstance(getattr(raised, "body", None), dict) else {}
            text = held.get("message", str(raised))
            wrong = []
            if status is not None and getattr(raised, "status_code", None) != status:
                wrong.append(f"status {getattr(raised, 'status_code', None)}")
            if error and type(raised).__name__ != error:
                wrong.append(type(raised).__name__)
            if message and not re.search(message, text):
                wrong.append(text)
            wrong += [f"{key}: {held.get(key)}" for key, value in body.items() if held.get(key) != value]
            if not wrong:
                self.passed += 1
            else:
                self.fail(name, f"{status} {error or ''} {message or ''} {body}", f"{'; '.join(wrong)} ({raised!r})")
        else:
            self.fail(name, f"{status} {error or ''} {message or ''}", f"success: {plain(result)!r}"[:600])
