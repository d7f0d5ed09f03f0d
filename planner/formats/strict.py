"""JSON that is read strictly, with every problem reported, and written in one form."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from planner.errors import InputError, Mistake, Problem, input_error, reason, suggest
from planner.i18n.messages import Message, say

_CORRECT = say("correct the value")

MAX_BYTES = 1 << 28
"""Of a file that is unpacked; an instance of 3,500 places has half of it."""

NonNegativeInt = Annotated[int, Field(ge=0)]


class Row(BaseModel):
    """A part of a file; keys that it does not have are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


Model = TypeVar("Model", bound=Row)


def read_json(path: Path) -> dict[str, Any]:
    """The object in a ``.json`` or ``.json.gz`` file.

    Raises
    ------
    InputError
        Where it cannot be read, or holds something else.
    """
    if path.is_char_device():  # Some of them never end.
        raise input_error(str(path), say("is not a file"), say("name a readable file"))
    try:
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = _unpack(raw, path)
        data = json.loads(raw)
    except (OSError, EOFError, zlib.error) as error:
        why = reason(error) if isinstance(error, OSError) else error
        raise input_error(
            str(path), say("cannot be read: {reason}", reason=why), say("name a readable file")
        ) from None
    except (ValueError, RecursionError) as error:
        raise input_error(
            str(path), say("is not JSON: {reason}", reason=error), say("correct it there")
        ) from None
    if not isinstance(data, dict):
        raise input_error(str(path), say("is not a JSON object"), say("see docs/schema"))
    return data


def _unpack(raw: bytes, path: Path) -> bytes:
    with gzip.open(BytesIO(raw)) as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise input_error(
            str(path),
            say("has more than {size} MB when unpacked", size=MAX_BYTES >> 20),
            say("save the matrices as .npy files"),
        )
    return content


def validate(
    model: type[Model],
    data: dict[str, Any],
    path: Path,
    remedies: Mapping[str, Message] = MappingProxyType({}),
) -> Model:
    """A part of a file, as its model has it.

    Parameters
    ----------
    remedies
        By key that the model does not have, what to do about it.

    Raises
    ------
    InputError
        With every problem found.
    """
    try:
        # Strict JSON mode reads dates from text, which strict Python mode does not.
        return model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise InputError(_validation_problems(error, path, remedies)) from None


def json_bytes(row: Row) -> bytes:
    """A file; the same content gives the same bytes."""
    return (row.model_dump_json(by_alias=True, indent=1) + "\n").encode()


def _validation_problems(
    error: ValidationError, path: Path, remedies: Mapping[str, Message]
) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        where = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]
        )
        what, remedy = explain_error(detail)
        if detail["type"] == "extra_forbidden":
            remedy = remedies.get(str(detail["loc"][-1]), remedy)
        yield Problem(where=f"{path} {where.lstrip('.')}", what=what, remedy=remedy)


def explain_error(
    detail: ErrorDetails, known: Sequence[str] = (), remedy: Message = _CORRECT
) -> tuple[Message, Message]:
    """What pydantic found wrong with a value, and what to do.

    Parameters
    ----------
    known
        Names that might have been meant where there is no such one.
    remedy
        Where no better one is known.
    """
    context = detail.get("ctx", {})
    if isinstance(mistake := context.get("error"), Mistake):
        return mistake.what, mistake.remedy
    if detail["type"] == "missing":
        return say("is missing"), say("add it")
    if detail["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        remedy = suggest(str(detail["loc"][-1]), known) if known else say("remove it")
        return say("is not a known key"), remedy
    mistake = Mistake.of(detail["input"], _fault(detail["type"], context), remedy)
    return mistake.what, remedy


_FAULTS = {
    "int": say("is not a whole number"),
    "float": say("is not a number"),
    "finite": say("is not a number"),
    "string": say("is not text"),
    "date": say("is not a date such as 2026-11-28"),
    "list": say("is not a list of the right length"),
    "tuple": say("is not a list of the right length"),
    "too": say("is not a list of the right length"),
}
"""What pydantic finds wrong, by the first word of its code."""


def _fault(code: str, limits: Mapping[str, object]) -> Message:
    if "gt" in limits:
        return say("is not greater than {limit}", limit=limits["gt"])
    if "ge" in limits:
        return say("is less than {limit}", limit=limits["ge"])
    if "expected" in limits:
        return say("is not {expected}", expected=limits["expected"])
    return _FAULTS.get(code.partition("_")[0], say("does not fit here"))
