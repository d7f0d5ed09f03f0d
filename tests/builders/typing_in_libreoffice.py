"""LibreOffice itself types into cells, as a person at an Indonesian computer does."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tests.builders.spreadsheets import office_program

Typed = Mapping[str, Mapping[tuple[int, int], str]]
"""What is typed, by title of the sheet, and by number of row and column, counted from 1."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = f"""{_HEAD}<!DOCTYPE library:library PUBLIC
 "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Typing"/>
</library:library>
"""
_MODULE = f"""{_HEAD}<!DOCTYPE script:module PUBLIC
 "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typing"
 script:language="StarBasic">"""
_LOCALE = f"""{_HEAD}<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>id-ID</value></prop></item></oor:items>
"""
_MACRO = """
Sub Fill
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL({source}, "_blank", 0, hidden())
{lines}
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL({target}, kind())
  book.close(True)
End Sub
"""


def type_into(path: Path, typed: Typed) -> None:
    """Open a workbook, type into its cells, and save it as Excel does.

    A comma is a decimal point then, a point parts thousands, and 28/11/2026 is a day. Where there
    is no LibreOffice the test is skipped.
    """
    program, profile = office_program(), path.parent / "profile-typing"
    target = path.with_name("typed.xlsx")
    lines = "\n".join(
        f"  book.Sheets.getByName({_quote(sheet)}).getCellByPosition({column - 1}, {row - 1})"
        f".FormulaLocal = {_quote(text)}"
        for sheet, cells in typed.items()
        for (row, column), text in cells.items()
    )
    urls = {"source": _quote(path.as_uri()), "target": _quote(target.as_uri())}
    macro = _MACRO.format(lines=lines, **urls)
    start = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--invisible"]
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_LOCALE, encoding="utf-8")
    _run(*start, "--terminate_after_init")  # Its first start writes an empty library.
    library = user / "basic" / "Standard"
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    module = f"{_MODULE}{escape(macro)}</script:module>"
    (library / "Typing.xba").write_text(module, encoding="utf-8")
    _run(*start, "macro:///Standard.Typing.Fill")
    target.replace(path)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, timeout=180)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
