"""The encodings in which spreadsheets and portals save text."""

import pytest

from planner.errors import Mistake
from planner.inputs.text_encoding import decode_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_of_any_encoding_reads_alike(encoding: str) -> None:
    """None of them is a guess."""
    assert decode_text("kode;desa\n1;Jér\u00e9m\n".encode(encoding)) == (
        "kode;desa\n1;Jér\u00e9m\n",
        False,
    )


def test_text_of_windows_is_a_guess() -> None:
    """Excel's own CSV does not say in which encoding it is."""
    assert decode_text("Jérém".encode("cp1252")) == ("Jérém", True)


@pytest.mark.parametrize("content", [b"a\0b;c" * 9, b"\xff\xfea", b"\x81\x8d"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    """Bytes of a program, half a character, bytes that mean nothing."""
    with pytest.raises(Mistake, match="is not UTF-8 text"):
        decode_text(content)
