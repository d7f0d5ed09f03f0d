"""Reads planner.toml into settings, and says what is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner.errors import Mistake
from planner.formats.strict import explain_error
from planner.i18n.language import SETTINGS
from planner.i18n.messages import Message, say
from planner.inputs.findings import Findings, Spot
from planner.inputs.settings import Settings
from planner.inputs.settings_sections import OfficeSection

Overrides = Mapping[str, Any]
"""Values by the whole name of a setting, such as ``rates.walk_m``."""

NO_OVERRIDES: Overrides = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSettings:
    """What an office has written of settings, before it is checked.

    Attributes
    ----------
    values
        By section and name, as TOML nests them; None where nothing can be read.
    spot
        Where a setting stands, by its whole name, such as ``rates.walk_m``.
    """

    values: Mapping[str, Any] | None
    spot: Callable[[str], Spot]


def read_settings_file(folder: Path, findings: Findings) -> GivenSettings:
    """The settings of planner.toml; what cannot be read is noted."""
    return GivenSettings(values=_toml(folder / SETTINGS, findings), spot=_spot_in_file)


def check_settings(
    given: GivenSettings, findings: Findings, overrides: Overrides = NO_OVERRIDES
) -> tuple[Settings | None, str | None]:
    """The settings, and the office's code; None for what cannot be read, problems are noted."""
    if given.values is None:
        return None, None
    try:
        settings = Settings.model_validate(overlay(given.values, overrides))
    except ValidationError as error:
        for detail in error.errors():
            keys = [str(key) for key in detail["loc"] if key != "[key]"]
            findings.add(given.spot(".".join(keys)), *explain_setting(detail))
        return None, _code(given.values)
    return settings, settings.office.code


def overlay(given: Mapping[str, Any], overrides: Overrides) -> dict[str, Any]:
    """Settings with some of them replaced; those given are not modified."""
    copy = deepcopy(dict(given))
    for key, value in overrides.items():
        *sections, name = key.split(".")
        section = copy
        for part in sections:
            section = section.setdefault(part, {})
        section[name] = value
    return copy


def read_toml(path: Path) -> dict[str, Any]:
    """What a TOML file holds.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    findings = Findings()
    content = _toml(path, findings)
    findings.raise_problems()
    return content or {}


def _toml(path: Path, findings: Findings) -> dict[str, Any] | None:
    name = path.name
    with findings.catch(Spot(source=name, text=name)):
        try:
            return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            init, other = say("write one with `planner init`"), say("correct the name")
            raise Mistake(say("is missing"), init if name == SETTINGS else other) from None
        except UnicodeDecodeError:
            raise Mistake(say("is not UTF-8 text"), say("save it as UTF-8")) from None
        except (ValueError, RecursionError) as error:
            line = re.search(r"at line (\d+)", str(error))
            findings.add(
                Spot(source=name, text=f"{name}:{line[1]}" if line else name),
                say("is not TOML ({reason})", reason=error),
                say("put text in double quotes, and use a point in numbers"),
            )
    return None


def _code(given: Mapping[str, Any]) -> str | None:
    """The office's code where that at least can be read, to compare the tables with."""
    try:
        return OfficeSection.model_validate(
            {"name": "-", "code": given.get("office", {}).get("code")}
        ).code
    except (ValidationError, AttributeError):
        return None


def _spot_in_file(name: str) -> Spot:
    section, _, key = name.partition(".")
    return Spot(source=SETTINGS, text=f"{SETTINGS} [{section}] {key}".strip())


def explain_setting(detail: ErrorDetails) -> tuple[Message, Message]:
    """What is wrong with a setting, and what to do."""
    known = _fields(detail["loc"][:-1]) if detail["type"] == "extra_forbidden" else ()
    return explain_error(detail, known)


def _fields(path: tuple[int | str, ...]) -> list[str]:
    """Names of the settings in a section."""
    model: Any = Settings
    for key in path:
        # All entries of a list have the same settings, and so have all kinds of place.
        entry = next((part for part in get_args(model) if hasattr(part, "model_fields")), None)
        model = entry or model.model_fields[key].annotation
    return list(model.model_fields)
