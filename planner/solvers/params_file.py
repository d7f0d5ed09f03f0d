"""Parameters of the solvers, read from tables."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from planner.errors import InputError, Problem, input_error, reason
from planner.formats.strict import explain_error
from planner.i18n.messages import say
from planner.solvers.params import DEFAULT_PARAMS, SolverParams


def read_params(path: Path) -> SolverParams:
    """The parameters in a TOML file; those left out keep their defaults.

    Raises
    ------
    InputError
        Where it cannot be read, or for all problems in it.
    """
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        what = say("cannot be read: {reason}", reason=reason(error))
        raise input_error(str(path), what, say("name a readable file")) from None
    except (ValueError, RecursionError) as error:
        what = say("is not TOML ({reason})", reason=error)
        raise input_error(str(path), what, say("see planner/solvers/params.py")) from None
    return parse_params(table, str(path))


def parse_params(table: Mapping[str, Any], where: str) -> SolverParams:
    """The parameters in a table of tables; those left out keep their defaults.

    Parameters
    ----------
    where
        What the table is called in messages.

    Raises
    ------
    InputError
        For all problems in it.
    """
    try:
        # Strict JSON mode takes lists for tuples, which strict Python mode does not.
        return TypeAdapter(SolverParams).validate_json(json.dumps(table, default=str))
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise InputError([_problem(detail, where) for detail in details]) from None


def _problem(detail: ErrorDetails, where: str) -> Problem:
    *sections, name = [str(key) for key in detail["loc"] if isinstance(key, str)]
    section = reduce(getattr, sections, DEFAULT_PARAMS)
    default = getattr(section, name, "")
    example = say(
        "use a value such as {default}", default="{}" if is_dataclass(default) else default
    )
    what, remedy = explain_error(detail, [field.name for field in fields(section)], example)
    return Problem(where=" ".join([where, *sections, name]), what=what, remedy=remedy)
