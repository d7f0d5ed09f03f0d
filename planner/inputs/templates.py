"""Empty tables and a settings file that explain themselves, for a new district folder."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from planner.errors import Mistake
from planner.i18n.language import SETTINGS
from planner.i18n.messages import say
from planner.inputs.rows import TableRow, column_title, row_models
from planner.inputs.settings import SECTIONS
from planner.value_rules import refuse

SEPARATOR = ";"
"""What Excel writes and expects where the comma is the decimal sign, as in Indonesia."""


MAPPED = ("areas", "population")
"""Tables that are drawn or exported, not typed."""

TABLES = {name: model for name, model in row_models().items() if name not in MAPPED}
"""Model of each table that has a template."""

UNREAD = say("Lines that start with # are ignored.")
OPTIONAL = say("optional")
EXAMPLE = say("Example")
SETTINGS_TITLE = say("Settings of this district.")


def _write_each(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def write_templates(
    folder: Path,
    translate: Callable[[str], str] = str,
    language: str = "id",
    write: Callable[[Path, Mapping[str, bytes]], None] = _write_each,
) -> tuple[Path, ...]:
    """The paths written: a table each with its header and comments, and planner.toml.

    Borders (`areas`) are drawn, not typed, so there is no template for them.

    Parameters
    ----------
    translate
        A message in the language of the comments.
    language
        The office's, as it goes into planner.toml.
    write
        Writes files by name into a folder.

    Raises
    ------
    InputError
        Where any of the files exists; then nothing is written. Some of these very templates, as a
        run that was killed leaves them, are completed.
    """
    texts = {SETTINGS: settings_text(translate, language).encode()}
    for name, model in TABLES.items():
        # The byte order mark tells Excel that the file is UTF-8.
        texts[f"{name}.csv"] = table_text(model, translate, language).encode("utf-8-sig")
    mistake = Mistake(say("exists already"), say("choose another folder"))
    existing = [name for name in texts if (folder / name).exists()]
    if len(existing) == len(texts) or any(
        (folder / name).read_bytes() != texts[name] for name in existing
    ):
        refuse(mistake.at(str(folder / name)) for name in existing)
    write(folder, texts)
    return tuple(folder / name for name in texts)


def table_text(model: type[TableRow], translate: Callable[[str], str], language: str) -> str:
    """Comment lines for each column, and the header, in a language."""
    titles = {
        name: column_title(model, field.alias or name, language)
        for name, field in model.model_fields.items()
    }
    lines = [translate(sentence(model)), translate(UNREAD)]
    for name, field in model.model_fields.items():
        need = "" if field.is_required() else f" ({translate(OPTIONAL)})"
        example = f"{translate(EXAMPLE)}: {(field.examples or [''])[0]}"
        lines.append(f"{titles[name]}{need}: {translate(str(field.description))}. {example}")
    return "\r\n".join([*(f"# {line}" for line in lines), SEPARATOR.join(titles.values()), ""])


def settings_text(translate: Callable[[str], str], language: str) -> str:
    """Every setting of planner.toml, with its meaning and its default."""
    lines = [f"# {translate(SETTINGS_TITLE)}", f"# {translate(UNREAD)}"]
    for name, section in SECTIONS.items():
        lines += ["", f"# {translate(sentence(section))}", f"[{name}]"]
        for key, field in section.model_fields.items():
            value = language if key == "language" else field.get_default()
            lines += [f"# {translate(str(field.description))}", f"{key} = {as_toml(value)}"]
    return "\n".join([*lines, ""])


def as_toml(value: object) -> str:
    """A default as TOML writes it; nothing yet = an empty text to fill in."""
    if value is PydanticUndefined:
        return '""'
    if isinstance(value, BaseModel):
        return as_toml(value.model_dump())
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, float):
        return f"{value:g}"
    return json.dumps(value, ensure_ascii=False)


def sentence(model: type[BaseModel]) -> str:
    """What a table or section is for, as its class says."""
    return (model.__doc__ or "").strip()
