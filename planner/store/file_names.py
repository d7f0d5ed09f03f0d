"""File names made of what users wrote."""

import re
from collections.abc import Iterable

UNSAFE = re.compile(r"[^A-Za-z0-9]+")
LONGEST = 60


def file_names(texts: Iterable[str]) -> tuple[str, ...]:
    """A name for each text that every file system takes; no two are the same, case aside."""
    names: dict[str, str] = {}
    for text in texts:
        stem = UNSAFE.sub("-", text)[:LONGEST].strip("-") or "-"
        name, count = stem, 1
        while name.lower() in names:
            count += 1
            name = f"{stem}-{count}"
        names[name.lower()] = name
    return tuple(names.values())
