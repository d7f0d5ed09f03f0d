"""Names that every file system takes."""

from planner.store.file_names import file_names


def test_names_keep_what_is_safe() -> None:
    """Spaces, slashes and dots become hyphens."""
    assert file_names(["sheet-2026-11-28-A", "text-Balai RW 008", "../../x"]) == (
        "sheet-2026-11-28-A",
        "text-Balai-RW-008",
        "x",
    )


def test_no_two_names_are_the_same() -> None:
    """Windows knows no difference between A and a; nothing safe at all is a hyphen."""
    assert file_names(["A/1", "a 1", "A-1", "\ua9a7", "?"]) == ("A-1", "a-1-2", "A-1-3", "-", "--2")
