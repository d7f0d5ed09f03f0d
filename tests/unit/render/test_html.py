"""What users write shows as they wrote it, and does nothing else."""

import ast
import html
import re
from pathlib import Path

import pytest
from jinja2 import nodes
from markupsafe import Markup

from planner.render import html as renderer
from planner.render.html import TEMPLATES, fill_macro, fill_template, path_data, to_html
from tests.builders.horizons import HOSTILE

FOLDER = Path(str(renderer.__file__)).parent
NASTY = [
    HOSTILE,
    "<img src=x onerror=alert(1)>",
    "{% raise %}",
    "`${alert(1)}`",
    "\"'&\\",
    "ꦏꦸꦛ 🚐",
]


@pytest.mark.parametrize("text", NASTY)
def test_html_shows_the_text_itself(text: str) -> None:
    """A browser that reads the entities back shows the very text."""
    assert html.unescape(to_html(text)) == text


@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_left_that_a_page_or_template_would_run(text: str) -> None:
    """Only entities: no tag, brace, dollar, backtick, quote or backslash."""
    assert not set(to_html(text)) & set("<>{}$`\"'\\")


@pytest.mark.parametrize("text", NASTY)
def test_a_template_escapes_without_being_asked(text: str) -> None:
    """In an element, in an attribute, in a macro, in a text that is put together, and twice."""
    page = TEMPLATES.from_string(
        "{% import 'marks.html.j2' as marks %}{% set part %}{{ text }}{% endset %}"
        '<i title="{{ text }}">{{ text }}{{ "a" ~ text }}{{ part }}{{ marks.van(text) }}</i>'
    ).render(text=text)
    shown, mark = to_html(text), fill_macro("van", text)
    assert page == f'<i title="{shown}">{shown}{to_html("a" + text)}{shown}{mark}</i>'


def test_markup_is_not_escaped_twice() -> None:
    """A mark in a legend is the mark."""
    mark = fill_macro("van", "A & B")
    assert to_html(mark) is mark
    assert mark == '<span class="van">A &#38; B</span>'


def test_a_name_that_is_missing_is_no_empty_text() -> None:
    """A misspelt value of a template is our bug."""
    with pytest.raises(Exception, match="'size' is undefined"):
        fill_template("roads.svg", roads=[])


def test_a_template_has_no_way_around_escaping() -> None:
    """No ``|safe``, no ``{% autoescape false %}``, in any template."""
    for path in FOLDER.glob("templates/*.j2"):
        tree = TEMPLATES.parse(path.read_text(encoding="utf-8"))
        filters = {name.name for name in tree.find_all(nodes.Filter)}
        assert filters <= {"cut", "length", "lower"}, path
        assert not list(tree.find_all(nodes.ScopedEvalContextModifier)), path
        assert not list(tree.find_all(nodes.MarkSafe)), path


def test_only_one_file_makes_markup() -> None:
    """No ``Markup(...)`` and no tag in a string of another file: markup stands in templates."""
    for path in FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {getattr(call, "id", getattr(call, "attr", "")) for call in calls}
        assert path.name == "html.py" or not names & {"Markup", "format_map", "__html__"}, path
        strings = [
            str(part.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
            if isinstance(part, ast.Constant)
        ]
        assert not [text for text in strings if re.search(r"</?[a-zA-Z]", text)], path


def test_paths_are_relative_and_go_somewhere() -> None:
    """Two lines; the third ends where it began, and a step of half a unit is none."""
    lines: list[list[tuple[float, float]]] = [
        [(0, 0), (10, -5), (10.4, -5)],
        [(1, 1), (2, 3)],
        [(7, 7), (7, 7)],
    ]
    assert path_data(lines) == Markup("M0 0l10-5M1 1l1 2")
