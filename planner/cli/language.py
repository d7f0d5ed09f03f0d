"""The language a person is spoken to in: as asked for, else the office's, else the machine's."""

import locale
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path

from planner.i18n.language import LANGUAGES, is_district, office_language
from planner.i18n.messages import Message
from planner.i18n.words import Words
from planner.render.escape import to_terminal

_INDONESIAN = re.compile(r"id(_.*|\..*)?|indonesian.*", re.IGNORECASE)
_LANG = re.compile(rf"^--lang[=\n]({'|'.join(LANGUAGES)})$", re.MULTILINE)
_language = ContextVar("language", default="en")
_asked: ContextVar[str | None] = ContextVar("asked", default=None)


def set_language(
    language: str | None = None, folder: Path | None = None, plan: Path | None = None
) -> None:
    """Choose the language from now on: as asked for, else that of a folder, or of a plan's."""
    _asked.set(language)
    folder = folder or _folder_of(plan)
    office = folder and office_language(folder)
    _language.set(language or office or _machine_language())


def requested_language() -> str | None:
    """The language that a person asked for by name."""
    return _asked.get()


def guess_language(words_typed: Sequence[str]) -> None:
    """Choose the language for words that are not understood yet, by what can be told from them."""
    named = _LANG.search("\n".join(words_typed))
    folders = map(office_language, map(Path, words_typed))
    _language.set(named[1] if named else next(filter(None, folders), _machine_language()))


def words() -> Words:
    """The words of the language chosen."""
    return Words(language=_language.get())


def translate(message: str) -> str:
    """A message in the language chosen."""
    return words().translate(message)


def notify(message: Message) -> None:
    """Say a message on stderr, if anybody can hear it."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(to_terminal(translate(message)), file=sys.stderr, flush=True)


def shell_command(*parts: object) -> str:
    """A command as a person types it: what holds a space stands between quotes."""
    written = (str(part) for part in parts)
    return " ".join(f'"{part}"' if re.search(r"\s", part) else part for part in written)


def _folder_of(plan: Path | None) -> Path | None:
    """The district folder that a plan lies in, or None."""
    paths = () if plan is None else (plan.absolute(), *plan.absolute().parents)
    return next((path for path in paths if is_district(path)), None)


def _machine_language() -> str:
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, named), None) or locale.getlocale()[0] or ""
    return "id" if _INDONESIAN.fullmatch(name) else "en"
