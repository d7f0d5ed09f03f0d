"""What users write keeps to its line and its cell."""

import pytest

from planner.render.escape import to_cell, to_data, to_line, to_terminal


def test_text_keeps_to_one_line_and_its_own_direction() -> None:
    """A line break, a NUL and a right-to-left override would spill over what follows."""
    assert to_line("Balai\nRW\u202e 01\x00") == "Balai RW 01"


def test_long_text_is_cut_where_one_sees_it() -> None:
    """200 characters stay whole; the 201st makes an ellipsis."""
    assert to_line("a" * 200) == "a" * 200
    assert to_line("a" * 201) == "a" * 199 + "…"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff =1", "'\ufeff =1"),
        ("\uff1d1", "'\uff1d1"),
        ("Balai;=1", "Balai;'=1"),
        ('Balai;"=1"', 'Balai;\'"=1"'),
        ("Balai\n@1", "Balai\n'@1"),
        ("Balai\t+1|-1", "Balai\t'+1|'-1"),
    ],
)
def test_a_formula_becomes_text(text: str, cell: str) -> None:
    """For readers of commas, semicolons, tabs and bars, and behind signs that nobody sees."""
    assert to_cell(text) == cell


def test_other_cells_stay_as_they_are() -> None:
    """An equals sign inside is no formula, nor is a comma the end of a cell in quotes."""
    for text in ("Balai RW 01 = lama", "Balai, -1", "RT 1-2; RW 3", "'=1"):
        assert to_cell(text) == text


@pytest.mark.parametrize("char", ["\ufffe", "\uffff", "\ufdd0", "\U0010fffe", "\ud800"])
def test_what_is_no_character_is_replaced_where_it_can_be_seen(char: str) -> None:
    """XML, or UTF-8 itself, has no place for it; a terminal shows its number."""
    assert to_data(f"a{char}b") == to_line(f"a{char}b") == to_cell(f"a{char}b") == "a\ufffdb"
    assert to_terminal(f"a{char}b") == f"a\\{'U' if ord(char) > 0xFFFF else 'u'}" + (
        f"{ord(char):08x}b" if ord(char) > 0xFFFF else f"{ord(char):04x}b"
    )


def test_an_escape_is_shown_on_a_terminal_as_text() -> None:
    """Colours, titles of windows, line ends and turned text; other signs stay."""
    assert to_terminal("\x1b[31m\x9b\r\u2028\u202e é ꦲ 🚐") == (
        "\\x1b[31m\\x9b\\r\\u2028\\u202e é ꦲ 🚐"
    )
