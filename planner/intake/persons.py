"""Recognises lists of persons by their columns, where no number of 16 digits gives them away."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from planner.i18n.messages import Message, say
from planner.intake.cells import as_label, tidy
from planner.intake.grid import Finding, Severity, Sheet
from planner.intake.header import Header
from planner.intake.titles import key_of

_NIK = re.compile(
    r"(?:.*_)?(?:nik|no_kk|nokk|nomor_kk|nomor_kartu_keluarga|no_ktp|nomor_induk_kependudukan)(?:_.*)?"
)
_CARDS = re.compile(r".*(?:jml|jumlah|cetak|blm|belum|persen|total|blangko|blanko).*")
_NAME = re.compile(
    r"nama(?:_(?:lgkp|lengkap|penduduk|warga|siswa|pemula|anggota|kk|kep|kepala_keluarga|orang))?"
    r"|name|full_name"
)
_PERSON_NAME = re.compile(r"nama_(?:lgkp|lengkap|penduduk|warga|siswa|anggota)")
_BIRTH = re.compile(
    r"(?:tgl|tanggal|tmpt|tempat|ttl)(?:_?(?:tgl|tanggal|dan))*_?(?:lhr|lahir).*|ttl|tempatlahir"
    r"|tanggallahir|birth_?date|dob|tgllahir"
)
_PHONE = re.compile(
    r"(?:.*_)?(?:hp|telp|telepon|tlp|telpon|handphone|wa|whatsapp|phone|ponsel)(?:_.*)?"
)
_OF_OFFICE = re.compile(
    r".*(?:ketua|kepala|sekolah|kantor|lurah|camat|petugas|kontak|pengelola|instansi|pic).*"
)
_PLACE = frozenset(
    """
    npsn kind jenis bentuk bentuk_pendidikan plate plat nopol nomor_polisi nama_sekolah sekolah
    nama_tempat nama_lokasi permission izin hours jam lat lon lintang bujur
    """.split()  # noqa: SIM905 - a list would take a line for each
)
_MOBILE = re.compile(r"(?:\+?62|0)8[\d\s.-]{8,14}")
_PERSONAL = re.compile(r"[^\W\d]+(?:[ .'`-]+[^\W\d]+){0,5}\.?")
_DATE = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ](19\d\d|20[01]\d)|(19\d\d|20[01]\d)-\d\d-\d\d.*")
_SAMPLE = 400
_OLDEST, _YOUNGEST = 1900, 2018
_MOST = 0.6


def person_findings(sheet: Sheet, header: Header | None) -> Iterator[Finding]:
    """Columns that hold persons: numbers of theirs, names beside birth dates, their phones."""
    if header is None:
        yield from _by_content(sheet, 0, ())
        return
    body = sheet.rows[header.last + 1 :]
    keys = [key_of(title) for title in header.titles]
    filled = [position for position in range(len(keys)) if _has_values(body, position)]
    is_place = any(key in _PLACE for key in keys)
    names = [p for p in filled if _NAME.fullmatch(keys[p])]
    for position in filled:
        key = keys[position]
        if _NIK.fullmatch(key) and not _CARDS.fullmatch(key):
            yield _refuse(sheet, header, position, say("numbers of persons"))
        elif names and _BIRTH.fullmatch(key):
            yield _refuse(sheet, header, position, say("birth dates beside names"))
        elif _PHONE.fullmatch(key) and not is_place and not _OF_OFFICE.fullmatch(key):
            yield _refuse(sheet, header, position, say("telephone numbers of residents"))
        elif _PERSON_NAME.fullmatch(key) and not is_place:
            yield _refuse(sheet, header, position, say("names of persons"))
    if not is_place:
        yield from _by_content(sheet, header.last + 1, header.titles)


def _has_values(body: Sequence[Sequence[object]], position: int) -> bool:
    return any(position < len(row) and tidy(row[position]) is not None for row in body)


def _by_content(sheet: Sheet, start: int, titles: Sequence[str]) -> Iterator[Finding]:
    """A column of birth dates beside one of names, and mobile numbers, whatever their titles."""
    rows = sheet.rows[start : start + _SAMPLE]
    width = max(map(len, rows), default=0)
    columns = [
        [cell for row in rows if position < len(row) and (cell := tidy(row[position])) is not None]
        for position in range(width)
    ]
    births = [p for p, cells in enumerate(columns) if _mostly(cells, _is_birth) and _varies(cells)]
    names = [p for p, cells in enumerate(columns) if _mostly(cells, _is_name) and _varies(cells)]
    header = Header(first=start, last=start, titles=tuple(titles))
    if births and names:
        yield _refuse(sheet, header, births[0], say("birth dates beside names"))
    for position, cells in enumerate(columns):
        key = key_of(titles[position]) if position < len(titles) else ""
        is_told = bool(_OF_OFFICE.fullmatch(key) or _PHONE.fullmatch(key))
        if names and not is_told and _mostly(cells, _is_mobile):
            yield _refuse(sheet, header, position, say("telephone numbers of residents"))


def _mostly(cells: Sequence[object], is_one: Callable[[object], bool]) -> bool:
    return len(cells) > 1 and sum(map(is_one, cells)) >= _MOST * len(cells)


def _varies(cells: Sequence[object]) -> bool:
    return 2 * len(set(map(str, cells))) > len(cells)


def _is_birth(cell: object) -> bool:
    if isinstance(cell, date | datetime):
        return _OLDEST < cell.year < _YOUNGEST
    match = _DATE.fullmatch(as_label(cell))
    return bool(match) and _OLDEST < int(match[1] or match[2]) < _YOUNGEST  # type: ignore[index]


def _is_name(cell: object) -> bool:
    return isinstance(cell, str) and " " in cell and bool(_PERSONAL.fullmatch(cell))


def _is_mobile(cell: object) -> bool:
    return bool(_MOBILE.fullmatch(as_label(cell)))


def _refuse(sheet: Sheet, header: Header, position: int, what: Message) -> Finding:
    title = header.titles[position] if position < len(header.titles) else ""
    where = sheet.address(header.last, position)
    return Finding(
        code="persons",
        where=where,
        what=say("the column '{title}' holds {what}", title=title, what=what),
        remedy=say("the planner works on counts: delete the column, or use --aggregate"),
        severity=Severity.STOP,
    )


def is_birth_title(title: str) -> bool:
    """Whether a column holds birth dates, by its title."""
    return bool(_BIRTH.fullmatch(key_of(title)))
