"""Which districts a batch is of: folders, folders of folders, lists and addresses."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import fsspec

from planner import inputs
from planner.batch.job import ListedDistrict
from planner.errors import InputError, Problem
from planner.i18n.language import SETTINGS
from planner.i18n.messages import say

LIST_KEY = "districts"

DEEPEST = 2
"""Folders of a country hold those of provinces, which hold those of districts."""


def list_districts(texts: Sequence[str]) -> tuple[ListedDistrict, ...]:
    """The districts of folders, TOML lists and addresses, in their order, each once.

    A folder without settings of its own stands for the districts in it and in its folders.

    Raises
    ------
    InputError
        With all texts that name no district.
    """
    urls: dict[str, None] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            urls.update(dict.fromkeys(_expand(text)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(
        ListedDistrict(name=name, url=url)
        for name, url in zip(_shortest_names([*urls]), urls, strict=True)
    )


def _expand(text: str, beside: str = "") -> Iterator[str]:
    url = text if "://" in text or not beside else posixpath.join(beside, text)
    files, path = fsspec.core.url_to_fs(url)
    if path.endswith(".toml") and posixpath.basename(path) != SETTINGS:
        yield from _read_list(Path(path), text)
        return
    folders = [*_find(files, path, DEEPEST)]
    if not folders:
        what = say("there is no {file} here, nor in folders below", file=SETTINGS)
        raise InputError([Problem(where=text, what=what, remedy=say("give folders of districts"))])
    yield from (files.unstrip_protocol(each).removeprefix("file://") for each in folders)


def _find(files: fsspec.AbstractFileSystem, path: str, depth: int) -> Iterator[str]:
    """The district that a folder is, or those in it and in its folders."""
    if files.exists(posixpath.join(path, SETTINGS)):
        yield path
    elif depth and files.isdir(path):
        for inner in sorted(files.ls(path, detail=False)):
            yield from _find(files, inner, depth - 1)


def _read_list(path: Path, text: str) -> Iterator[str]:
    entries = inputs.read_toml(path).get(LIST_KEY)
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        what = say("has no list of districts")
        remedy = say("write {example}", example=f'{LIST_KEY} = ["kota-satu", "kota-dua"]')
        raise InputError([Problem(where=text, what=what, remedy=remedy)])
    for entry in entries:
        yield from _expand(entry, path.absolute().parent.as_posix())


def _shortest_names(urls: Sequence[str]) -> list[str]:
    """The last parts of each address, as few as tell it from all others."""
    parts = [Path(url.split("://")[-1]).parts for url in urls]
    names = ["/".join(each[-1:]) for each in parts]
    for size in range(2, max(map(len, parts), default=0) + 1):
        counts = Counter(names)
        names = [
            "/".join(each[-size:]) if counts[name] > 1 else name
            for each, name in zip(parts, names, strict=True)
        ]
    return names
