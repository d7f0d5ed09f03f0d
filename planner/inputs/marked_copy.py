"""A copy of a workbook in which every cell with a problem is coloured, and says what it is."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from planner.errors import Mark
from planner.i18n.messages import say

_COLOUR = "FFC7CE"
_TAB = "C00000"
_WIDTH, _HEIGHT = 320, 120


def build_marked_copy(
    path: Path, marks: Sequence[Mark], translate: Callable[[str], str], author: str
) -> bytes:
    """The workbook with what is wrong in comments at its cells, the first sheet of them in front.

    Parameters
    ----------
    author
        Of the comments.
    """
    with catch_warnings():
        # Of parts that openpyxl drops.
        simplefilter("ignore")
        book = load_workbook(path)
    sentences: dict[tuple[str, int, int], list[str]] = {}
    for mark in marks:
        problem = mark.problem
        sentence = translate(say("{what}; {remedy}", what=problem.what, remedy=problem.remedy))
        sentences.setdefault((mark.sheet, mark.row, mark.column), []).append(sentence)
    fill = PatternFill("solid", fgColor=_COLOUR)
    for (title, row, column), texts in sentences.items():
        cell = book[title].cell(row, column)
        cell.fill = fill
        cell.comment = Comment("\n".join(texts), author, _HEIGHT, _WIDTH)
        book[title].sheet_properties.tabColor = _TAB
    first = min((book.sheetnames.index(mark.sheet) for mark in marks), default=0)
    book.active = first
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[first]
    target = BytesIO()
    book.save(target)
    return target.getvalue()
