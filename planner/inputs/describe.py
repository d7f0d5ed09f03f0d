"""Makes docs/inputs.md of the models: ``python -m planner.inputs.describe``."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from planner.inputs.folder import REQUIRED
from planner.inputs.rows import TableRow, row_models
from planner.inputs.settings import SECTIONS, VenueTypeSection
from planner.inputs.templates import as_toml, sentence

PAGE = Path("docs", "inputs.md")

INTRODUCTION = """\
# What a district folder contains

<!-- Made by `python -m planner.inputs.describe`; change planner/inputs/rows.py or settings.py. -->

Everything the planner reads is a file in one folder. `planner init FOLDER` writes empty ones;
`planner check FOLDER` reads them all and reports every problem at once, with file, row and column.

Besides the tables and `planner.toml` the folder may contain `roads.osm.pbf`, an extract of
OpenStreetMap. Without it driving is estimated along straight lines, and plan and map say so.

## How a table is written

- Each table is one of `NAME.csv`, `NAME.xlsx`, `NAME.geojson`, or the layer `NAME` of a GeoPackage;
  two of them for the same table are an error.
- The first row names the columns, in any order. Columns marked *required* must be there and filled.
- CSV is UTF-8, with commas, semicolons or tabs. A workbook with several sheets has one called
  `NAME`; results of formulas are read, not the formulas.
- Rows whose first cell begins with `#` are comments. An empty cell, `-`, `<>` and `Null` are blank.
- Whole numbers are digits only: `1250`, not `1.250`. Others have a point or a comma: `-6,1754`.
- Points and polygons of GeoJSON and GeoPackage give `lat` and `lon` (of a polygon, a point inside),
  so these columns are not needed there.
- Hours are `Sab 08.00-12.00; Min 08.00-12.00, 13.00-15.00`, `Sen-Jum 08.00-15.00` or
  `setiap hari 08.00-12.00`; `tutup` is closed. English names of days and `08:00` are read too.
- Dates are `28/11/2026`, `28-11-2026`, `2026-11-28` or a date cell of Excel.
- Lists of persons are refused: the planner works on counts and never reads a NIK.

## Your own types of place

Besides points, schools and offices a folder may have tables of other places, such as markets. A
section in `planner.toml` names the table and says which of the three its places are like: those
like a point serve the people who live around them, those like a school or an office the people
counted in their rows.

```toml
[venue_types.pasar]
like = "office"
name = "Pasar"
turnout = 0.4
hours = "Sab-Min 06.00-11.00"
addressed_to = "Kepala Pasar"
```

The table `pasar` is then read with the columns of `offices`, an entry of the calendar may close all
markets by the scope `pasar`, and `planner whatif --turnout pasar=0.6` asks what would be if more
people came there.
"""


def inputs_page() -> str:
    """The text of docs/inputs.md."""
    lines = [INTRODUCTION]
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
    yield "| column | | meaning | example |"
    yield "|---|---|---|---|"
    for key, field in model.model_fields.items():
        need = "required" if field.is_required() else ""
        example = (field.examples or [""])[0]
        yield f"| `{field.alias or key}` | {need} | {field.description} | `{example}` |"


def _setting_lines(section: type[BaseModel]) -> Iterator[str]:
    yield "| setting | default | meaning |"
    yield "|---|---|---|"
    for key, field in section.model_fields.items():
        default = "required" if field.is_required() else f"`{as_toml(field.default)}`"
        default = "" if field.default is None else default
        yield f"| `{key}` | {default} | {field.description} |"


if __name__ == "__main__":
    PAGE.write_text(inputs_page(), encoding="utf-8", newline="\n")
