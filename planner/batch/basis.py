"""What a result follows from, and what of it is otherwise by now."""

import platform
import posixpath
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version as version_of
from typing import Any

import fsspec
from pydantic import BaseModel

from planner import __version__
from planner.i18n.language import SETTINGS
from planner.i18n.messages import Message, say

LIBRARIES = ("ortools", "numba", "numpy", "scipy", "shapely", "pydantic")
"""Those that plans follow from."""


class Basis(BaseModel, frozen=True):
    """What a result follows from, by name.

    Attributes
    ----------
    inputs
        SHA-256 of each file of the district folder.
    settings
        Of ``planner.toml``, by their whole names.
    options
        Of the command.
    versions
        Of the planner, Python and libraries.
    """

    inputs: Mapping[str, str]
    settings: Mapping[str, str]
    options: Mapping[str, str]
    versions: Mapping[str, str]


def read_basis(url: str, options: Mapping[str, str]) -> Basis:
    """What a result of a district would follow from now."""
    files, path = fsspec.core.url_to_fs(url)
    hashes, settings = {}, {}
    for entry in sorted(files.ls(path, detail=True), key=lambda entry: str(entry["name"])):
        name = posixpath.basename(entry["name"].rstrip("/"))
        if entry["type"] != "file" or name.startswith("."):
            continue
        content = files.cat_file(entry["name"])
        if name == SETTINGS:
            settings = _settings(content)
        if name != SETTINGS or not settings:
            hashes[name] = sha256(content).hexdigest()
    return Basis(inputs=hashes, settings=settings, options=options, versions=current_versions())


def current_versions() -> dict[str, str]:
    """Of the planner, Python and the libraries that plans follow from."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {
        "planner": __version__,
        "Python": python,
        **{name: version_of(name) for name in LIBRARIES},
    }


def differences(before: Basis, now: Basis) -> Iterator[Message]:
    """Every input, setting, option and version that is not what it was."""
    for name in _differing(before.inputs, now.inputs):
        yield say("input {name}", name=name)
    for name in _differing(before.settings, now.settings):
        yield say("setting {name}", name=name)
    for name in _differing(before.options, now.options):
        yield say("option {name}", name=name)
    for name in _differing(before.versions, now.versions):
        yield say("version of {name}", name=name)


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def _settings(content: bytes) -> dict[str, str]:
    """Settings by their whole names; none where the file cannot be read."""
    try:
        return dict(_flatten(tomllib.loads(content.decode())))
    except (ValueError, RecursionError):
        return {}


def _flatten(section: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in section.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
