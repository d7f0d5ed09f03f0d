"""Damages the contents of files: bytes, values, and what is packed inside them."""

import contextlib
import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

BOMB_BYTES = 5 << 28

HUGE = "9" * 5000

SCRAPS = (
    "Infinity", "-Infinity", "NaN", "nan", "inf", "1e999", "-1e308", "1e308", "1e-308", "-0", "-1",
    "0", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
    HUGE, f"-{HUGE}", f"0.{HUGE}", f"{HUGE}.0", "null", "true", "[]", "{}", '""', '"x"', "[[]]",
    "x" * 3000, "../../etc/passwd", "/dev/zero", "a\0b", "\ud800", "\ufffe", "\x1b[31m", "\u202e",
    "²", "٣", "9999-W52", "9999-12-31", "0001-01-01", "2026-02-30", "24.00-24.00", "07.30-07.30",
    "1979-05-27T07:32:00Z", "07:32:00", "=1+1", "🚐", "[" * 100_000, '{"a":' * 100_000,
    "Sab-Min 07.30-99.00", "31/12/9999", "class", "__proto__", "id", "'", '"""', "\\", "\r", "#",
)  # fmt: skip

TOKEN = re.compile(rb'"[^"\n]*"|[^\s,;:="\[\]{}]+')

MAX_TOKENIZED = 1 << 16
"""Bytes at the beginning; what a scrap has made long has hundreds of thousands of tokens."""


def mutate(rng: random.Random, data: bytes, name: str) -> bytes:
    """One to three things wrong with the content of a file."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        changes = [_flip, _cut, _splice, _swap]
        if name.endswith((".csv", ".toml", ".json", ".geojson", ".kml")):
            changes += [_token] * 8 + [_scrap]
        if name.endswith(".json.gz"):
            changes += [_within_gzip] * 4
        if name.endswith((".xlsx", ".ods", ".npz")):
            changes += [_within_zip] * 8
        if name.endswith((".npy", ".npz")):
            changes += [_header] * 8
        data = rng.choice(changes)(rng, data) or b"\n"
    return data


def _flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 30))):
        changed[rng.randrange(len(changed))] = rng.choice((0, 0xFF, 0x80, rng.randrange(256)))
    return bytes(changed)


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _splice(rng: random.Random, data: bytes) -> bytes:
    begin, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:begin] + data[end:]


def _swap(rng: random.Random, data: bytes) -> bytes:
    a, b, c = sorted(rng.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _scrap(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + _scrap_bytes(rng) + data[at:]


def _scrap_bytes(rng: random.Random) -> bytes:
    return rng.choice(SCRAPS).encode("utf-8", "surrogatepass")


def _token(rng: random.Random, data: bytes) -> bytes:
    """One value or name is another one, in quotes where it was or not."""
    tokens = [*TOKEN.finditer(data, 0, MAX_TOKENIZED)]
    if not tokens:
        return data
    token, scrap = rng.choice(tokens), _scrap_bytes(rng)
    if token[0].startswith(b'"') and rng.random() < 0.5:
        scrap = json.dumps(scrap.decode("utf-8", "replace")).encode()
    if rng.random() < 0.2:
        scrap = rng.choice(tokens)[0]
    return data[: token.start()] + scrap + data[token.end() :]


def _within_gzip(rng: random.Random, data: bytes) -> bytes:
    with contextlib.suppress(Exception):
        return gzip.compress(mutate(rng, gzip.decompress(data), "rows.json"))
    return data


def _within_zip(rng: random.Random, data: bytes) -> bytes:
    def change(content: bytes) -> bytes:
        return mutate(rng, content, "x.json" if content.startswith(b"<") else "x.npy")

    return in_zip(data, rng.choice, change)


def in_zip(
    data: bytes, pick: Callable[[list[str]], str], change: Callable[[bytes], bytes]
) -> bytes:
    """One member of an archive is another one; what is no archive any more stays as it is."""
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
            chosen = pick(old.namelist())
            for name in old.namelist():
                content = change(old.read(name)) if name == chosen else old.read(name)
                new.writestr(name, content, zipfile.ZIP_DEFLATED, compresslevel=1)
    except Exception:
        return data
    return buffer.getvalue()


def make_bombs(sound: Path) -> Mapping[str, bytes]:
    """By file name, a small archive that is enormous when it is unpacked."""
    block = b" " * BOMB_BYTES

    def bomb(name: str, member: str) -> bytes:
        return in_zip((sound / name).read_bytes(), lambda _: member, lambda old: old + block)

    return {
        "rows.json.gz": gzip.compress(block, compresslevel=1),
        "points.xlsx": bomb("points.xlsx", "xl/worksheets/sheet1.xml"),
        "agr.xlsx": bomb("imports/agr.xlsx", "xl/worksheets/sheet1.xml"),
        "agr.ods": bomb("imports/agr.ods", "content.xml"),
        "road-0.npz": bomb("road-0.npz", "a.npy"),
    }


HEADERS = (
    "{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (100000, 100000), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (-1, 7), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (0, 9223372036854775807), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (), }",
    "{'descr': '<i4', 'fortran_order': True, 'shape': (7, 7), }",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (True, 7), }",
    "{'descr': '>i4', 'fortran_order': False, 'shape': (7, 7), }",
    "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (7, 7), }",
    "{'descr': '<V99999999999', 'fortran_order': False, 'shape': (7, 7), }",
    "{'descr': 3, 'fortran_order': False, 'shape': (7, 7), }",
    "__import__('os')", "(" * 3000, "{}", "9" * 5000, "[1]", "\0",
)  # fmt: skip


def _header(rng: random.Random, data: bytes) -> bytes:
    head = rng.choice(HEADERS).encode()
    return b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head + data[128:]
