"""What looks like the number of a person, and what does not."""

import re

import pytest

from planner.intake.nik import MASK, has_nik, mask

# Made of digits in order: no resident of any regency has it.
NUMBER = "1234" * 4

NUMBERS = [
    NUMBER,
    int(NUMBER),
    float(NUMBER),
    "1234 1234 1234 1234",
    "1234.1234.1234.1234",
    "12.34.12.341234.1234",
    "123412-341234-1234",
    "123412.3412341234",
    f'="{NUMBER}"',
    f"a.n. Budi:{NUMBER};",
    "1.23412341234123E+15",
    f"{NUMBER}.0",
    " ".join(NUMBER),
    f"KK_{NUMBER}",
    "0" * 16,
    "1234\u00a01234\u00a01234\u00a01234",
    "12341234\u200b12341234",
    "1234 1234 1234 1234 2",
    "1234\u20131234\u20131234\u20131234",
]
OTHERS = [
    "196501011990031001",
    "19650101 199003 1 001",
    "-6.175412 106.827211",
    "106.8271234567890",
    106.827123456789,
    "0800-0000-0412 0813-4567-8901",
    "(021) 555-1234 / 555-1235",
    "02155512 02155513",
    "01-07-2026 - 31-12-2026",
    "agr_rekam_cetak_ektp_28022026_8207",
    "31.71.01.1001",
    1732752000000,
    "00000000-0001-0000-0000-000000000000",
    "97.58123456789012",
    None,
    True,
]


@pytest.mark.parametrize("cell", NUMBERS, ids=repr)
def test_sixteen_digits_are_recognised_however_they_are_written(cell: object) -> None:
    """With blanks, dots or dashes, as a float, in a formula, inside a sentence."""
    assert has_nik(cell)


@pytest.mark.parametrize("cell", OTHERS, ids=repr)
def test_other_long_numbers_pass(cell: object) -> None:
    """A NIP of 18 digits, coordinates, telephone numbers, dates."""
    assert not has_nik(cell)


@pytest.mark.parametrize("cell", [cell for cell in NUMBERS if isinstance(cell, str)])
def test_a_masked_text_has_no_such_number_left(cell: str) -> None:
    """Stars stand in its place."""
    masked = mask(cell)
    assert "*" in masked
    assert len(re.sub(r"\D", "", masked)) < len(MASK)


@pytest.mark.parametrize("text", ["9" * 200_000, "1." + "9" * 200_000 + ",9", "+9" * 100_000])
def test_a_very_long_text_is_looked_through_once(text: str) -> None:
    """With work that grows by the square of its length this would not end."""
    assert not has_nik(text)
