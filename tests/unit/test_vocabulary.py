"""The words that names are made of: the field's, each with one meaning."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import planner

PACKAGE = Path(planner.__file__).parent

EVERYWHERE = """
Alone Base Below Branch Climb Doors Found Gains Ground Improver Joints Lever News Offer Outlook
Prepared Pull Remainder Rest Slopes Stage Standing Study Teller Typical Visited Watch Weekend Whole
Wish Wishes
_calm _cheapest _sweep best_choice came_from climb exercise filled fitted foretell foretold forcing
granting hop keeping lanes lay_ground learnt lunch make_ready mixture onward remainder rested
side_by_side speech stretched studies study study_file survey touched watching weekend
"""
"""Words of our own that the field has a better one for; no definition bears one."""

IN_ONE_ROOM = {
    "solvers": "Clock Kind Order Rule Task Work around cheap dear held hold improve.py integer.py "
    "kinds.py offer offers.py rule rules.py shares start.py together toll warming.py whole",
    "solvers/columns/kernel.py": "ahead along complete opening through",
    "solvers/columns/master.py": "reduced",
    "travel": "Ends Piece between table.py",
    "replan": "choice found.py news.py settled.py standing.py whole.py",
    "explain": "possible smallest.py",
    "whatif": "Question wishes.py",
    "render": "looks signs",
    "cli": "pages.py report.py week.py",
    "office": "bare.py last_import.py",
    "backlog": "checks.py",
    "batch": "Outcome outcome.py",
    "scenarios": "Draft draft drafts draft.py",
}
"""Words that another room uses rightly, with the meaning that they have in its field.

There is the Rule of a plan (`planner.violation`), the toll of a road, the opening of a window, the
start of a van, the table of an office, the week of a plan, the pieces of a routing model.
"""


def definitions(path: Path) -> Iterator[str]:
    """Names of the module, its functions and classes, their parameters and attributes."""
    yield path.name
    yield path.stem
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name):
                yield name
            case ast.arg(arg=name):
                yield name
            case ast.ClassDef(name=name, body=body):
                yield name
                yield from (name for part in body for name in assigned(part))
    yield from (name for part in tree.body for name in assigned(part))


def assigned(statement: ast.stmt) -> Iterator[str]:
    """Names that a statement gives a value or a type."""
    targets: list[ast.expr] = []
    match statement:
        case ast.Assign():
            targets = statement.targets
        case ast.AnnAssign():
            targets = [statement.target]
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def forbidden(room: str) -> frozenset[str]:
    """The words that names in a file of the package must not be."""
    local = (words.split() for place, words in IN_ONE_ROOM.items() if room.startswith(place))
    return frozenset(EVERYWHERE.split()).union(*local)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=str)
def test_names_are_words_of_the_field(path: Path) -> None:
    """docs/glossary.md has the words that are to be used instead."""
    room = path.relative_to(PACKAGE).as_posix()
    assert not forbidden(room) & {*definitions(path)}


def test_the_glossary_has_each_word_once() -> None:
    """Office, optimisation, roads: a word, its Indonesian and one meaning each."""
    text = (PACKAGE.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    words = [row[0] for row in rows if row[0] != "word"]
    assert all(len(row) == 3 and all(row) for row in rows)
    assert sorted({*words}) == sorted(words)
