"""Helpers for arrays."""

from io import BytesIO

import numpy as np
import pytest

from planner.arrays import concat_ranges, read_npy


def test_ranges_follow_one_another() -> None:
    """Three numbers from 5 on, none from 9 on, two from 0 on."""
    assert concat_ranges(np.array([5, 9, 0]), np.array([3, 0, 2])).tolist() == [5, 6, 7, 0, 1]
    assert concat_ranges(np.empty(0, dtype=int), np.empty(0, dtype=int)).tolist() == []


HOSTILE_HEADERS = {
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }": "no array of numbers",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (-1, -1), }": "no array of numbers",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (100000, 100000), }": "another size",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }": "another size",
    "{'descr': 3, 'fortran_order': False, 'shape': (1,), }": "damaged header",
    "__import__('os')": "damaged header",
    "(" * 3000: "damaged header",
}


@pytest.mark.parametrize(("header", "message"), HOSTILE_HEADERS.items())
def test_an_array_is_only_read_as_large_as_its_file(header: str, message: str) -> None:
    """Headers that promise objects, too much, too little or nothing at all, before one number."""
    head = header.encode()
    data = b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head + bytes(4)
    with pytest.raises(ValueError, match=message):
        read_npy(BytesIO(data), len(data))
