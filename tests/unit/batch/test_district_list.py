"""Which districts a batch is of."""

from pathlib import Path

import fsspec
import pytest

from planner.batch.district_list import list_districts
from planner.errors import InputError


def district(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "planner.toml").write_text("", encoding="utf-8")
    return folder


def test_a_folder_without_settings_stands_for_the_districts_below(tmp_path: Path) -> None:
    """A country holds provinces, which hold districts; other folders do not count."""
    first, second = district(tmp_path / "11" / "a"), district(tmp_path / "12" / "b")
    (tmp_path / "notes").mkdir()
    listed = list_districts([str(tmp_path)])
    assert [(each.name, each.url) for each in listed] == [("a", str(first)), ("b", str(second))]


def test_a_district_is_listed_once(tmp_path: Path) -> None:
    """Also where two texts name it."""
    home = district(tmp_path / "a")
    assert len(list_districts([str(home), str(tmp_path)])) == 1


def test_equal_names_get_parts_before_them(tmp_path: Path) -> None:
    """x/kota and y/kota are told apart; z is not made longer."""
    for name in ("x/kota", "y/kota", "z"):
        district(tmp_path / name)
    names = [each.name for each in list_districts([str(tmp_path)])]
    assert names == ["x/kota", "y/kota", "z"]


def test_a_list_names_folders_beside_it(tmp_path: Path) -> None:
    """``districts = ["a", "b"]`` in java.toml."""
    home = district(tmp_path / "a")
    (tmp_path / "java.toml").write_text('districts = ["a"]\n', encoding="utf-8")
    assert list_districts([str(tmp_path / "java.toml")])[0].url == str(home)


def test_a_list_without_districts_is_told(tmp_path: Path) -> None:
    """``district = …`` is a slip."""
    (tmp_path / "java.toml").write_text('district = ["a"]\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"java.toml: has no list of districts"):
        list_districts([str(tmp_path / "java.toml")])


def test_all_texts_without_districts_are_told_at_once(tmp_path: Path) -> None:
    """Two of them, two problems."""
    texts = [str(tmp_path / "none"), str(tmp_path)]
    with pytest.raises(InputError, match="none") as told:
        list_districts(texts)
    assert [problem.where for problem in told.value.problems] == texts


def test_an_address_is_listed_as_it_is(tmp_path: Path) -> None:
    """memory:// keeps its protocol, file:// is a folder."""
    fsspec.filesystem("memory").pipe_file("/land/a/planner.toml", b"")
    assert list_districts(["memory://land"])[0].url == "memory:///land/a"
    home = district(tmp_path / "a")
    assert list_districts([f"file://{home}"])[0].url == str(home)
