"""Texts that break careless programs, and a district whose every text is one of them."""

import csv
import io
import json
from itertools import product
from pathlib import Path

from planner.inputs.characters import clean_text
from tests.builders.folders import AREAS, Folder, sound_folder

MARKUP = (
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "<b>", "&lt;&amp;&#0;",
    "]]>", "<!--", "--><svg/onload=alert(1)>", "<?xml?>", "\" onmouseover=\"alert(1)", "' x='",
    "{{7*7}}", "{% raise %}", "${alert(1)}", "`rm`", "{#", "</style>", "</title>", "&nbsp;", "<",
    "javascript:alert(1)", "\\u003cb\\u003e", "%3Cb%3E", "</textarea><iframe>", "\\", "\\n",
    "\\\\",
    '#link("x")[*y*] $1$ \\', "#panic()", "= Judul", "// komentar", "@ref", "*tebal*", "_miring_",
    "%s %d %n", "{0} {nama}", "$HOME", "; DROP TABLE stops; --", "' OR ''='", "\"van\" || 'x'",
    "BEGIN:VEVENT\r\nSUMMARY:x", "a,b;c:d", "TZID=Asia/Jakarta:x", "=?utf-8?b?eA==?=",
)  # fmt: skip

BEFORE_FORMULAS = ("", " ", "\u200b", "\ufeff", "x;", 'x;"')

FORMULAS = (
    *(f"{start}{sign}1+1" for start, sign in product(BEFORE_FORMULAS, "=+-@")),
    '=HYPERLINK("http://x")', "x;=cmd|' /C calc'!A0", "x\t=1", "\uff1d1", "x|=1", "'=1", '"=1',
    "=",
)  # fmt: skip

CONTROLS = (
    *(f"a{char}b" for char in "\x01\x07\x08\x0b\x0c\x1b\x1c\x7f\x80\x85\x9b"),
    "\x1b[31mmerah\x1b[0m", "\x1b]0;judul\x07", "Baris satu\nBaris dua\ttab", "a\r\nb", "\r",
    "a\u2028b",
    "\u202eKebalik\u200f", "\u202ab\u202c", "\u2066c\u2069", "\u2067d", "\u061c", "\u200e\u200f",
    "a\ufffeb", "a\uffffb", "\ufdd0", "a\U0001fffeb", "a\U0010ffffb", "\ufeff", "\ufeffBOM",
    "a\ufeffb",
    "\ufffd", "\ue000", "a\uf8ffb", "\U000f0000", "\ufff9x\ufffay\ufffb", "\u00ad", "a\u200db",
    "\u2060",
)  # fmt: skip

SCRIPTS = (
    "\u0301", "e\u0301", "a\u0591b", "\u05d0\u05b0", "\u0600123", "\u06dd",
    "Z\u0351\u0310\u0304\u0322a", "1\u20e3",
    "😀", "❤\ufe0f", "❤\ufe0e", "👨\u200d👩\u200d👧", "👍\U0001f3fd", "🇮🇩", "😀\u0301",
    "🏴\U000e0067\U000e007f",
    "ꦧꦭꦻ", "ꦺ", "a\ua9ba", "العربية", "עברית", "ไทย", "हिन्दी", "日本語", "한국어", "\u13a0",
    "\u1160", "\u3164",
    "𝕏", "ﬁ", "İi", "ß", "½", "①", "٣", "\u00a0", "\u3000", "\U000e0041",
)  # fmt: skip

NAMES = (
    "N" * 200, "N " * 100, "../../x", "..", "/etc/passwd", "C:\\x", "CON", "nul.txt", "a:b",
    "x.", "~",
    "x/y", "*?", "|", "-", "--help", "id", "null", "None", "true", "0", "1e999", "9" * 40,
    "[red]",
)  # fmt: skip

ALL_TEXTS = tuple(dict.fromkeys((*MARKUP, *FORMULAS, *CONTROLS, *SCRIPTS, *NAMES)))

REFUSED_TEXTS = tuple(
    text
    for text in ALL_TEXTS
    if (seen := clean_text(text).strip()).startswith("=") or seen in {"", "-", "null"}
)
"""Read as a formula that was not computed, or as blank."""

HOSTILE_TEXTS = tuple(text for text in ALL_TEXTS if text not in REFUSED_TEXTS)

COLUMNS = {
    "rt": ("kelurahan", "reason"),
    "schools": ("name", "kind", "address", "contact", "note"),
    "offices": ("id", "name", "kind", "address", "contact", "note"),
    "points": ("id", "name", "kind", "address", "contact", "note"),
    "depots": ("id", "name"),
    "vans": ("id", "plate", "depot"),
    "calendar": ("scope", "reason"),
}
"""Columns of text; an id takes the text at its end, so that it stays unique."""

SETTINGS = ("name", "government", "address", "phone", "signer_post", "signer", "signer_nip")

OTHER_SETTINGS = (
    "office.code", "office.timezone", "office.language", "office.service_days", "office.logo",
    "rates.walk_m", "rates.decay", "rates.turnout", "rates.turnout.point", "hours.point",
    "hours.approved_school", "roads.file", "roads.ferries", "roads.speeds_kmh", "roads.bands",
    "solver.seed", "solver.params", "plans.keep_versions", "venue_types", "venue_types.pasar.like",
    "venue_types.pasar.hours", "venue_types.pasar.public",
)  # fmt: skip
"""Settings of which most texts are wrong."""


def hostile_folder(path: Path, text: str) -> Folder:
    """The sound folder with the text in every column and setting that takes one."""
    folder = sound_folder(path)
    office = {"code": "99.71"} | dict.fromkeys(SETTINGS, text or "-")
    lines = "\n".join(f"{key} = {_toml_text(value)}" for key, value in office.items())
    shown = _toml_text(text or "-")
    own = f'[venue_types.pasar]\nlike = "office"\nname = {shown}\naddressed_to = {shown}\n'
    folder.write("planner.toml", f"[office]\n{lines}\n{own}")
    for name, columns in COLUMNS.items():
        folder.write(f"{name}.csv", _hostile_table(folder, name, columns, text))
    (path / "offices.csv").rename(path / "pasar.csv")
    areas = json.loads(json.dumps(AREAS))
    for feature in areas["features"]:
        feature["properties"] |= {"name": text, "kecamatan": text}
    folder.write("areas.geojson", json.dumps(areas))
    return folder


def _hostile_table(folder: Folder, name: str, columns: tuple[str, ...], text: str) -> str:
    records = folder.records(name)
    for record in records:
        for column in columns:
            is_id = column in {"id", "depot", "scope"}
            record[column] = f"{record[column]} {text}" if is_id else text
    header = list(dict.fromkeys(key for record in records for key in record))
    table = io.StringIO()
    writer = csv.DictWriter(table, header)
    writer.writeheader()
    writer.writerows(records)
    return table.getvalue()


def _toml_text(text: str) -> str:
    return '"' + "".join(f"\\U{ord(char):08X}" for char in text) + '"'
