"""Writes the tables of docs/inputs.md from the models: ``python -m tools.inputs_page``."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from planner.inputs.rows import TableRow, column_title, row_models
from planner.inputs.settings import SECTIONS, VenueTypeSection
from planner.inputs.table_files import REQUIRED
from planner.inputs.templates import as_toml, sentence

PAGE = Path("docs", "inputs.md")


def inputs_page(page: str) -> str:
    """The text of docs/inputs.md with its tables made anew; what stands above them is kept."""
    lines = [page.partition("## rt\n")[0].rstrip(), ""]
    for name, model in row_models().items():
        lines += [f"## {name}", "", *_table_lines(name, model), ""]
    lines += ["## planner.toml", ""]
    sections: dict[str, type[BaseModel]] = {**SECTIONS, "venue_types.NAME": VenueTypeSection}
    for name, section in sections.items():
        lines += [f"### [{name}]", "", sentence(section), "", *_setting_lines(section), ""]
    return "\n".join(lines)


def _table_lines(name: str, model: type[TableRow]) -> Iterator[str]:
    yield sentence(model) + (" Every folder needs this table." if name in REQUIRED else "")
    yield ""
    yield "| column | Indonesian | | meaning | example |"
    yield "|---|---|---|---|---|"
    for key, field in model.model_fields.items():
        need = "required" if field.is_required() else ""
        example = (field.examples or [""])[0]
        name = field.alias or key
        title = column_title(model, name, "id")
        yield f"| `{name}` | `{title}` | {need} | {field.description} | `{example}` |"


def _setting_lines(section: type[BaseModel]) -> Iterator[str]:
    yield "| setting | default | meaning |"
    yield "|---|---|---|"
    for key, field in section.model_fields.items():
        default = "required" if field.is_required() else f"`{as_toml(field.default)}`"
        default = "" if field.default is None else default
        yield f"| `{key}` | {default} | {field.description} |"


if __name__ == "__main__":
    text = inputs_page(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(text, encoding="utf-8", newline="\n")
