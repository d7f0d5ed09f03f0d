"""Tables as offices have them, each with one thing wrong, and what an import must make of them.

The truth is two kecamatan with three kelurahan of two RW of two RT. Every table tells it, or part
of it, in another spelling; what cannot be told must be named.
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import geopandas
from openpyxl import Workbook
from openpyxl.comments import Comment

Row = list[Any]
Key = tuple[str, str, str, str]
"""Code with dots, dusun, RW and RT."""

NAMES = {
    "99.71.01.1001": "Melati",
    "99.71.01.1002": "Kenanga",
    "99.71.02.1001": "Mawar",
}
KECAMATAN = {"99.71.01": "Taman Bunga", "99.71.02": "Taman Sari"}
NUMBER = "1234" * 4
"""What looks like the number of a person, and is of nobody."""


@dataclass(frozen=True)
class Unit:
    """An RT with the people it has."""

    code: str
    rw: str
    rt: str
    men: int
    women: int
    recorded_men: int
    recorded_women: int

    @property
    def total(self) -> int:
        """People who must hold a card."""
        return self.men + self.women

    @property
    def recorded(self) -> int:
        """Of them, people recorded."""
        return self.recorded_men + self.recorded_women

    @property
    def left(self) -> int:
        """People unrecorded."""
        return self.total - self.recorded

    @property
    def key(self) -> Key:
        """Where they live."""
        return self.code, "", self.rw, self.rt


def _unit(number: int, code: str, rw: int, rt: int) -> Unit:
    men, women = 1200 + 17 * number, 1300 + 11 * number
    return Unit(code, f"{rw:03}", f"{rt:03}", men, women, men - 3 - number, women - 5)


UNITS = tuple(
    _unit(4 * place + 2 * rw + rt, code, rw + 1, rt + 1)
    for place, code in enumerate(NAMES)
    for rw in range(2)
    for rt in range(2)
)
TRUTH: Mapping[Key, int] = {unit.key: unit.left for unit in UNITS}
BY_KELURAHAN: Mapping[Key, int] = {
    (code, "", "", ""): sum(unit.left for unit in UNITS if unit.code == code) for code in NAMES
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A table, and what must come of it.

    Attributes
    ----------
    write
        Makes the files in a folder.
    units
        People unrecorded by unit in the folder afterwards; None = nothing is imported.
    codes
        Codes of findings that must be told.
    """

    name: str
    write: Callable[[Path], Sequence[Path]]
    units: Mapping[Key, int] | None = field(default_factory=lambda: TRUTH)
    exit_code: int = 0
    codes: frozenset[str] = frozenset()


CASES: list[Case] = []


def case(
    units: Mapping[Key, int] | None = TRUTH, exit_code: int = 0, *codes: str
) -> Callable[[Callable[[Path], Any]], Callable[[Path], Any]]:
    """A case whose files the function makes; it is called as the function is."""

    def add(write: Callable[[Path], Any]) -> Callable[[Path], Any]:
        CASES.append(
            Case(
                name=write.__name__,
                write=write,
                units=units,
                exit_code=exit_code,
                codes=frozenset(codes),
            )
        )
        return write

    return add


def workbook(path: Path, *sheets: tuple[str, Sequence[Row]]) -> list[Path]:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return [path]


def text(path: Path, rows: Sequence[Row], delimiter: str = ";", encoding: str = "utf-8") -> Any:
    """A CSV file."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return [path]


def plain(code: str) -> str:
    """A code without dots."""
    return code.replace(".", "")


AGR = ["IDEM", "KODE", "WILAYAH", "RW", "RT", "L", "P", "JML", "JML_WKTP", "BLM_REKAM"]


def agr(unit: Unit) -> Row:
    """A row of AGR_WKTP: JML are wajib KTP, JML_WKTP those recorded."""
    return [
        *(6, unit.code, NAMES[unit.code].upper(), unit.rw, unit.rt, unit.men, unit.women),
        *(unit.total, unit.recorded, unit.left),
    ]


def upper(code: str, name: str, level: int) -> Row:
    """A row of all below a code in the same frame."""
    inside = [unit for unit in UNITS if unit.code.startswith(code)]
    men, women = sum(unit.men for unit in inside), sum(unit.women for unit in inside)
    recorded = sum(unit.recorded for unit in inside)
    return [
        level,
        code,
        name,
        None,
        None,
        men,
        women,
        men + women,
        recorded,
        men + women - recorded,
    ]


def agr_rows() -> list[Row]:
    """The whole table."""
    return [AGR, *map(agr, UNITS)]


# Header rows


@case()
def frame_of_siak(folder: Path) -> Any:
    return workbook(folder / "AGR_WKTP.xlsx", ("AGR_WKTP", agr_rows()))


@case()
def parts_of_the_code_in_any_order(folder: Path) -> Any:
    head = [
        "RT",
        "RW",
        "DUSUN",
        "NO_KEL",
        "NO_KEC",
        "NO_KAB",
        "NO_PROP",
        "WKTP",
        "REKAM",
        "BLM_REKAM",
    ]
    rows = [
        [
            int(u.rt),
            int(u.rw),
            None,
            int(u.code[9:]),
            int(u.code[6:8]),
            71,
            99,
            u.total,
            u.recorded,
            u.left,
        ]
        for u in UNITS
    ]
    return workbook(folder / "a.xlsx", ("Sheet1", [head, *rows]))


@case(BY_KELURAHAN)
def file_named_by_date_and_regency(folder: Path) -> Any:
    head = ["IDEM", "KODE", "WILAYAH", "WKTP", "REKAM", "BLM_REKAM"]
    return workbook(
        folder / "agr_rekam_cetak_ektp_28022026_9971.xlsx", ("data", [head, *_kelurahan()])
    )


def _kelurahan() -> list[Row]:
    rows = []
    for code, name in NAMES.items():
        inside = [unit for unit in UNITS if unit.code == code]
        total, recorded = sum(u.total for u in inside), sum(u.recorded for u in inside)
        rows.append([5, plain(code), name, total, recorded, total - recorded])
    return rows


@case()
def wajib_ktp_with_cards_owned(folder: Path) -> Any:
    """Cards not owned are not people unrecorded."""
    head = ["KODE", "WILAYAH", "RW", "RT", "L", "P", "JML", "JML_WKTP", "REKAM", "BLM_REKAM"]
    head += ["MMLK L", "MMLK P", "MMLK JML", "BLM_MMLK", "BLM_MMLK L", "PERSEN"]
    rows = [
        [
            u.code,
            "",
            u.rw,
            u.rt,
            u.men,
            u.women,
            u.total,
            u.total,
            u.recorded,
            u.left,
            500,
            400,
            900,
            u.total - 900,
            700,
            "98,5",
        ]
        for u in UNITS
    ]
    return workbook(folder / "a.xlsx", ("x", [head, *rows]))


@case(None, 2, "other-table")
def family_cards_alone(folder: Path) -> Any:
    head = ["KODE", "WILAYAH", "CETAK_KK", "JML_KK", "KK_JML", "BLM_CETAK_KK_JML"]
    rows = [[code, name, 5, 6, 6, 1] for code, name in NAMES.items()]
    return workbook(folder / "AGR_KK_DUSUN.xlsx", ("x", [head, *rows]))


@case(TRUTH, 0, "other-table")
def family_cards_beside_counts(folder: Path) -> Any:
    return [*frame_of_siak(folder), *family_cards_alone(folder)]


@case()
def regency_portal(folder: Path) -> Any:
    head = [
        "KODE",
        "WILAYAH",
        "RW",
        "RT",
        "JML_PDDK_LK",
        "JML_PDDK_PR",
        "KTP_REKAM_LK",
        "KTP_REKAM_PR",
    ]
    head += [
        "KTP_REKAM",
        "KTP_LK",
        "KTP_PR",
        "KTP_BLM_REKAM_LK",
        "KTP_BLM_REKAM_PR",
        "KTP_BLM_REKAM",
    ]
    head += ["CETAK_LK", "CETAK_PR", "PERSEN_DINAMIS"]
    rows = [
        [
            u.code,
            "",
            u.rw,
            u.rt,
            2 * u.men,
            2 * u.women,
            u.recorded_men,
            u.recorded_women,
            u.recorded,
            u.men,
            u.women,
            u.men - u.recorded_men,
            u.women - u.recorded_women,
            u.left,
            1,
            2,
            99.9,
        ]
        for u in UNITS
    ]
    return text(folder / "portal.csv", [head, *rows], ",")


SEMESTER = ["kode_wilayah", "rw", "rt", "wajib_ktp_lk", "wajib_ktp_pr", "wajib_ktp_jml", "rekam_lk"]
SEMESTER += ["rekam_pr", "rekam_jml", "persen_sudah_rekam", "belum_rekam_lk", "belum_rekam_pr"]
SEMESTER += ["belum_rekam_jml", "semester", "tahun"]


def semester(unit: Unit, half: int, year: int, more: int = 0) -> Row:
    """A row of a semester table, with more people unrecorded than in truth."""
    left_men, left_women = unit.men - unit.recorded_men, unit.women - unit.recorded_women
    return [
        *(plain(unit.code), unit.rw, unit.rt, unit.men, unit.women, unit.total),
        *(unit.recorded_men - more, unit.recorded_women, unit.recorded - more, "99,1"),
        *(left_men + more, left_women, unit.left + more, half, year),
    ]


@case(TRUTH, 0, "older-period")
def two_semesters(folder: Path) -> Any:
    rows = [
        semester(u, half, year, more)
        for u in UNITS
        for half, year, more in ((2, 2025, 9), (1, 2026, 0))
    ]
    return text(folder / "semester.csv", [SEMESTER, *rows], ",")


@case(None, 2, "level")
def satu_data_by_kecamatan(folder: Path) -> Any:
    head = ["kdkec", "jumlah_wajib_ktp", "jumlah_sudah_rekaman", "persentase_sudah_rekam"]
    head += ["jumlah_belum_rekaman", "persentase_belum_rekam", "tahun"]
    rows = [[plain(code), "1200", "1100", "91,7", "100", "8,3", "2026"] for code in KECAMATAN]
    return text(folder / "satudata.csv", [head, *rows], ",")


@case(TRUTH, 0, "other-table")
def workbook_of_a_province(folder: Path) -> Any:
    head = ["KODE", "WILAYAH", "RW", "RT", "WKTP DINAMIS", "REKAM DINAMIS", "PROGRES BELUM REKAM"]
    rows = [[u.code, "", u.rw, u.rt, u.total, u.recorded, u.left] for u in UNITS]
    others: list[Row] = [["KODE", "WILAYAH", "JUMLAH IKD"], ["99.71.01.1001", "Melati", 5]]
    kia: list[Row] = [
        ["KODE", "WILAYAH", "JUMLAH ANAK 0-17", "CETAK KIA"],
        ["99.71.01.1001", "Melati", 5, 2],
    ]
    return workbook(
        folder / "provinsi.xlsx", ("Perekaman", [head, *rows]), ("IKD", others), ("KIA", kia)
    )


@case(BY_KELURAHAN, 0)
def two_header_rows_with_merged_cells(folder: Path) -> Any:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["REKAPITULASI PEREKAMAN KTP-EL"])
    sheet.append([])
    sheet.append(
        ["NO", "KODE", "KELURAHAN / DESA", "WAJIB KTP-EL", "PEREKAMAN", None, "SISA SUKET"]
    )
    sheet.append([None, None, None, None, "JUMLAH", "%", None])
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:G4"):
        sheet.merge_cells(area)
    for number, (_, code, name, total, recorded, _left) in enumerate(_kelurahan(), start=1):
        sheet.append([number, code, name, total, recorded, round(100 * recorded / total, 2), 7])
    path = folder / "provinsi.xlsx"
    book.save(path)
    return [path]


@case({key: left for key, left in TRUTH.items() if key[0] == "99.71.01.1001"})
def report_of_a_kelurahan(folder: Path) -> Any:
    rows: list[Row] = [
        ["LAPORAN RT KELURAHAN MELATI (99.71.01.1001)"],
        ["No", "RW", "RT", "BPJS", "Wajib_KTP", "SUDAH PEREKAMAN KTP-EL", "Akta_Nikah"],
    ]
    inside = [unit for unit in UNITS if unit.code == "99.71.01.1001"]
    for number, u in enumerate(inside, start=1):
        rows.append([number, u.rw, u.rt, 10, u.total, u.recorded, 50])
    rows.append(
        ["", "", "JUMLAH", 40, sum(u.total for u in inside), sum(u.recorded for u in inside), 200]
    )
    rows.append(["Mengetahui, Lurah Melati"])
    return workbook(folder / "laporan.xlsx", ("RT", rows))


@case(None, 2, "other-table")
def daily_work(folder: Path) -> Any:
    head = ["tanggal", "rekam_ktp_el", "cetak_ktp_el", "kartu_keluarga", "kia", "pindah"]
    head += ["stok_blangko_ktp", "persentase_ribbon", "ikd_hari_ini"]
    return text(folder / "harian.csv", [head, ["2026-11-01", 5, 6, 7, 8, 9, 100, 50, 3]], ",")


@case(BY_KELURAHAN)
def layer_of_the_ministry(folder: Path) -> Any:
    """jml_wktp are wajib KTP here, and in the export of SIAK those recorded."""
    features = []
    for _, code, name, total, recorded, _left in _kelurahan():
        properties = {"nama_prop": "X", "nama_kab": "KOTA KECIL", "no_prop": 99, "no_kab": 71}
        properties |= {"kode_prop_spatial": 99, "kode_kab_spatial": 9971}
        properties |= {
            "kode_desa_spatial": f"{code}-17",
            "nama_kel": name,
            "jumlah_penduduk": 2 * total,
        }
        properties |= {
            "jml_wktp": total,
            "jml_rekam_wktp": recorded,
            "jml_lahir": 2 * total,
            "u15": 9,
        }
        ring = [[110.0, -7.0], [110.1, -7.0], [110.1, -7.1], [110.0, -7.0]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    path = folder / "layer.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    return [path]


@case(BY_KELURAHAN)
def layer_as_attributes(folder: Path) -> Any:
    records = [
        {"attributes": {"kode_desa_spatial": code, "jml_wktp": total, "jml_rekam_wktp": recorded}}
        for _, code, _name, total, recorded, _left in _kelurahan()
    ]
    path = folder / "layer.json"
    path.write_text(json.dumps({"objectIdFieldName": "id", "features": records}), encoding="utf-8")
    return [path]


# Persons


@case(None, 2, "nik")
def persons_of_siak(folder: Path) -> Any:
    head = ["NIK", "NAMA_LGKP", "JENIS_KLM", "TMPT_LHR", "TGL_LHR"]
    return workbook(folder / "a.xlsx", ("x", [head, [NUMBER, "SITI", "P", "KOTA", "01-02-2009"]]))


@case(None, 2, "nik")
def persons_as_formulas(folder: Path) -> Any:
    return text(
        folder / "a.csv", [["No", "NIK", "Nama Lengkap"], [1, f'="{NUMBER}"', "Siti Aminah"]]
    )


@case(None, 2, "nik")
def numbers_and_states(folder: Path) -> Any:
    return text(folder / "a.csv", [["NIK", "STATUS_REKAM"], [f"{NUMBER}.0", "BELUM"]])


@case(None, 2, "persons")
def residents_without_numbers(folder: Path) -> Any:
    head = ["alamat", "dusun", "rw", "rt", "nama", "sex", "tempatlahir", "tanggallahir"]
    return text(
        folder / "a.csv", [head, ["Jl. A", "", "1", "1", "Siti", "P", "Kota", "2009-01-02"]]
    )


@case(None, 2, "persons")
def officers_with_masked_numbers(folder: Path) -> Any:
    head = ["tanggal", "NIK Petugas", "REKAM", "KODE"]
    return text(folder / "a.csv", [head, ["2026-01-02", "9971xxxxxx", 5, "99.71.01.1001"]])


@case(None, 2, "nik")
def number_in_a_comment(folder: Path) -> Any:
    book = Workbook()
    for row in agr_rows():
        book.worksheets[0].append(row)
    note = " ".join(NUMBER[i : i + 4] for i in range(0, 16, 4))
    book.worksheets[0]["C3"].comment = Comment(f"cek {note}", "x")
    book.save(folder / "a.xlsx")
    return [folder / "a.xlsx"]


@case(None, 2, "nik")
def number_in_the_name_of_a_sheet(folder: Path) -> Any:
    return workbook(folder / "a.xlsx", (f"KK {NUMBER}", agr_rows()))


@case(None, 2, "nik")
def number_in_the_name_of_the_file(folder: Path) -> Any:
    return workbook(folder / f"{NUMBER}.xlsx", ("x", agr_rows()))


@case(None, 2, "nik")
def number_in_a_hidden_sheet(folder: Path) -> Any:
    book = Workbook()
    for row in agr_rows():
        book.worksheets[0].append(row)
    hidden = book.create_sheet("x")
    hidden["A1"] = float(NUMBER)
    hidden.sheet_state = "hidden"
    book.save(folder / "a.xlsx")
    return [folder / "a.xlsx"]


@case(None, 2, "persons")
def telephones_of_residents(folder: Path) -> Any:
    head = ["KODE", "RW", "RT", "NAMA", "NO_HP", "BLM_REKAM"]
    return text(folder / "a.csv", [head, ["99.71.01.1001", "1", "1", "Siti", "081200000000", 1]])


# Traps


@case()
def levels_of_idem_differ(folder: Path) -> Any:
    """A kecamatan has level 4 in one file and 3 in others."""
    rows = agr_rows()
    rows[1:1] = [upper("99.71", "KOTA KECIL", 3)]
    rows += [upper(code, name, 3) for code, name in KECAMATAN.items()]
    rows += [upper(code, name, 4) for code, name in NAMES.items()]
    return workbook(folder / "a.xlsx", ("x", rows))


@case(TRUTH, 0)
def totals_under_several_names(folder: Path) -> Any:
    total = upper("99.71", "", 3)
    rows = agr_rows()
    for name in ("KK_JML", "JML", "Total"):
        rows.append([None, None, name if name != "KK_JML" else "JUMLAH", None, None, *total[5:]])
    return workbook(folder / "a.xlsx", ("x", rows))


@case(TRUTH, 1, "total-mismatch")
def total_that_does_not_match(folder: Path) -> Any:
    total = upper("99.71", "JUMLAH", 3)
    return workbook(
        folder / "a.xlsx", ("x", [*agr_rows(), [None, None, "JUMLAH", None, None, *total[5:9], 1]])
    )


@case({("99.71.01.1001", "KRAJAN", "", ""): 5, ("99.71.01.1001", "SAWAH", "", ""): 7})
def dusun_with_letters_in_the_code(folder: Path) -> Any:
    head = ["IDEM", "KODE", "WILAYAH", "WKTP", "REKAM", "BLM_REKAM"]
    rows: list[Row] = [[5, "99.71.01.1001", "MELATI", 30, 18, 12]]
    rows += [[6, "99.71.01.1001.KRAJAN", "KRAJAN", 15, 10, 5], [6, "SAWAH", "SAWAH", 15, 8, 7]]
    return workbook(folder / "AGR_JK_DUSUN.xlsx", ("x", [head, *rows]))


def _spelled(folder: Path, spell: Callable[[Unit], Row], head: Row) -> Any:
    rows = [[u.code, *spell(u), u.total, u.recorded, u.left] for u in UNITS]
    return text(folder / "a.csv", [["KODE", *head, "WKTP", "REKAM", "BLM_REKAM"], *rows])


@case()
def rt_and_rw_in_one_cell(folder: Path) -> Any:
    return _spelled(folder, lambda u: [f"{u.rt}/{u.rw}"], ["RT/RW"])


@case()
def rw_before_rt_in_one_cell(folder: Path) -> Any:
    return _spelled(folder, lambda u: [f"{u.rw}/{u.rt}"], ["RW/RT"])


@case()
def rt_and_rw_with_their_names(folder: Path) -> Any:
    return _spelled(folder, lambda u: [f"RT.{u.rt}/RW.{int(u.rw):02}"], ["RT/RW"])


@case()
def numbers_of_one_and_two_digits(folder: Path) -> Any:
    return _spelled(folder, lambda u: [f"{int(u.rw):02}", int(u.rt)], ["RW", "RT"])


@case({key: left for key, left in TRUTH.items() if key != UNITS[0].key}, 1, "empty")
def blanks_of_every_kind(folder: Path) -> Any:
    rows = agr_rows()
    rows[1][7:] = ["<>", "Null", "\u00a0"]
    rows[2][2] = "\u200bMELATI\ufeff"
    rows[3][2] = "-"
    return workbook(folder / "a.xlsx", ("x", rows))


@case()
def headers_with_double_blanks(folder: Path) -> Any:
    head = [
        "IDEM",
        "KODE",
        " WILAYAH ",
        "RW",
        "RT",
        "L",
        "P",
        "JML",
        "JML__WKTP",
        "BLM  REKAM\u00a0",
    ]
    return workbook(folder / "a.xlsx", ("x", [head, *map(agr, UNITS)]))


@case(TRUTH, 1, "sexes-mismatch")
def men_and_women_do_not_make_the_total(folder: Path) -> Any:
    rows = [semester(u, 1, 2026) for u in UNITS]
    rows[0][SEMESTER.index("belum_rekam_lk")] += 4
    return text(folder / "a.csv", [SEMESTER, *rows], ",")


@case()
def thousands_and_decimals_in_one_file(folder: Path) -> Any:
    def dots(number: int) -> str:
        return f"{number:,}".replace(",", ".") + " "

    rows = [[u.code, u.rw, u.rt, dots(u.total), dots(u.recorded), "98,75"] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "WAJIB KTP", "REKAM", "PERSEN"], *rows])


@case()
def codes_as_floats(folder: Path) -> Any:
    rows = [[f"{plain(u.code)}.0", u.rw, u.rt, f"{u.total}.0", f"{u.recorded},0"] for u in UNITS]
    return text(folder / "a.csv", [["kode_desa", "rw", "rt", "wajib ktp", "sudah rekam"], *rows])


@case()
def codes_as_formulas(folder: Path) -> Any:
    rows = [[f'="{u.code}"', f'="{u.rw}"', f'="{u.rt}"', u.left] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "BLM_REKAM"], *rows])


@case(None, 2, "digits-lost")
def codes_that_excel_rounded(folder: Path) -> Any:
    rows = [["9,971E+09", u.rw, u.rt, u.left] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "BLM_REKAM"], *rows])


@case()
def codes_in_scientific_notation(folder: Path) -> Any:
    rows = [[f"{plain(u.code)[0]}.{plain(u.code)[1:]}E+09", u.rw, u.rt, u.left] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "BLM_REKAM"], *rows], ",")


@case()
def parts_that_lost_their_zeros(folder: Path) -> Any:
    rows = [[f"99.71.{int(u.code[6:8])}.{u.code[9:]}", u.rw, u.rt, u.left] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "BLM_REKAM"], *rows])


@case()
def dates_in_milliseconds(folder: Path) -> Any:
    rows = [[u.code, u.rw, u.rt, u.left, 1732752000000] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "BLM_REKAM", "created_date"], *rows])


@case()
def other_spellings_of_the_card(folder: Path) -> Any:
    head = ["KODE", "RW", "RT", "WAJIB e-KTP", "SUDAH REKAM KTP_EL LK", "SUDAH REKAM KTP-el PR"]
    head += ["SISA BLANKO KTP-EL"]
    rows = [[u.code, u.rw, u.rt, u.total, u.recorded_men, u.recorded_women, 5] for u in UNITS]
    return text(folder / "a.csv", [head, *rows])


@case(TRUTH, 0, "hidden-rows", "hidden-sheet")
def hidden_rows_and_sheets(folder: Path) -> Any:
    book = Workbook()
    for row in agr_rows():
        book.worksheets[0].append(row)
    book.worksheets[0].row_dimensions[3].hidden = True
    hidden = book.create_sheet("lama")
    for row in agr_rows():
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(folder / "a.xlsx")
    return [folder / "a.xlsx"]


@case(None, 2, "bps-codes")
def codes_of_bps_by_name(folder: Path) -> Any:
    """3171 is Jakarta Selatan for BPS, and Jakarta Pusat for Kemendagri."""
    head = ["KODE", "KAB./ KOTA", "KELURAHAN", "BELUM REKAM"]
    return text(folder / "a.csv", [head, ["31.71.01.1001", "Kota Jakarta Selatan", "X", 5]])


@case(None, 2, "bps-codes")
def codes_of_bps_by_form(folder: Path) -> Any:
    return text(folder / "a.csv", [["KODE", "DESA", "BELUM REKAM"], ["3171010001", "X", 5]])


@case(None, 2, "bps-codes")
def codes_of_bps_by_the_title(folder: Path) -> Any:
    """Below a kecamatan of BPS with a 1 at its end they have the form of those of Kemendagri."""
    rows = [["3171011001", "X", 5], ["3171011002", "Y", 5]]
    return text(folder / "a.csv", [["kode_bps", "DESA", "BELUM REKAM"], *rows])


@case(None, 2, "level")
def a_table_that_ends_at_named_regencies(folder: Path) -> Any:
    head = ["NO", "KAB./ KOTA", "WAJIB KTP-EL", "PEREKAMAN"]
    rows: list[Row] = [[1, "KAB. SATU", 100, 90], [2, "KOTA DUA", 100, 95]]
    total = ["JUMLAH", None, 200, 185]
    return workbook(folder / "a.xlsx", ("Perekaman", [head, *rows, total]))


@case()
def kecamatan_without_codes_among_their_parts(folder: Path) -> Any:
    head = ["KECAMATAN", "KODE", "RW", "RT", "BLM_REKAM"]
    rows: list[Row] = []
    for code, name in KECAMATAN.items():
        inside = [unit for unit in UNITS if unit.code.startswith(code)]
        rows.append([name, None, None, None, sum(unit.left for unit in inside)])
        rows += [[name, unit.code, unit.rw, unit.rt, unit.left] for unit in inside]
    return workbook(folder / "a.xlsx", ("x", [head, *rows]))


@case(TRUTH, 0, "carried")
def rw_in_the_titles_of_sheets(folder: Path) -> Any:
    """A form of each RW says in a title of which it is, and in its rows only the RT."""
    sheets: list[tuple[str, list[Row]]] = [
        (
            f"{number}",
            [
                [f"DATA KELURAHAN {code}"],
                [f"RW {rw}"],
                ["No", "RT", "Wajib_KTP", "Belum Perekaman"],
                *([n, u.rt, u.total, u.left] for n, u in enumerate(units, start=1)),
                ["Jumlah", None, None, sum(u.left for u in units)],
            ],
        )
        for number, (code, rw) in enumerate(dict.fromkeys((u.code, u.rw) for u in UNITS))
        if (units := [u for u in UNITS if (u.code, u.rw) == (code, rw)])
    ]
    return workbook(folder / "a.xlsx", *sheets)


@case(TRUTH, 0, "older-period")
def two_files_of_two_dates(folder: Path) -> Any:
    """The newer one counts, and it is said."""
    frame = ["KODE", "RW", "RT", "WKTP", "REKAM", "BLM_REKAM"]
    old = [[u.code, u.rw, u.rt, u.total, u.recorded - 2, u.left + 2] for u in UNITS]
    new = [[u.code, u.rw, u.rt, u.total, u.recorded, u.left] for u in UNITS]
    return [
        *text(folder / "agr_rekam_01012026_9971.csv", [frame, *old]),
        *text(folder / "agr_rekam_01072026_9971.csv", [frame, *new]),
    ]


@case(None, 2, "unreadable")
def a_page_named_as_a_workbook(folder: Path) -> Any:
    page = "<html><table><tr><th>KODE</th><th>BLM_REKAM</th></tr></table></html>"
    (folder / "a.xls").write_text(page, encoding="utf-8")
    return [folder / "a.xls"]


@case({key: left for key, left in TRUTH.items() if key != UNITS[0].key}, 1, "conflict", "duplicate")
def rows_twice(folder: Path) -> Any:
    """The same numbers count once, other numbers not at all."""
    rows = [*agr_rows(), agr(UNITS[1]), agr(UNITS[0])]
    rows[-1][7:] = [rows[-1][7] + 1, rows[-1][8], rows[-1][9] + 1]
    return workbook(folder / "a.xlsx", ("x", rows))


@case()
def a_sheet_for_each_kelurahan(folder: Path) -> Any:
    sheets = [
        (name, [AGR, *(agr(unit) for unit in UNITS if unit.code == code)])
        for code, name in NAMES.items()
    ]
    return workbook(folder / "a.xlsx", *sheets)


@case()
def a_bundle_of_two_files(folder: Path) -> Any:
    """One counts people who must hold a card, the other those recorded."""
    frame = ["KODE", "RW", "RT"]
    eligible = [[u.code, u.rw, u.rt, u.total] for u in UNITS]
    recorded = [[u.code, u.rw, u.rt, u.recorded] for u in UNITS]
    return [
        *text(folder / "wajib.csv", [[*frame, "WAJIB KTP"], *eligible]),
        *text(folder / "rekam.csv", [[*frame, "PEREKAMAN"], *recorded]),
    ]


@case()
def merged_cells_in_the_body(folder: Path) -> Any:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["KODE", "RW", "RT", "BLM_REKAM"])
    for number, u in enumerate(UNITS):
        sheet.append(
            [u.code if number % 4 == 0 else None, u.rw if number % 2 == 0 else None, u.rt, u.left]
        )
    for start in range(2, 2 + len(UNITS), 4):
        sheet.merge_cells(f"A{start}:A{start + 3}")
        sheet.merge_cells(f"B{start}:B{start + 1}")
        sheet.merge_cells(f"B{start + 2}:B{start + 3}")
    book.save(folder / "a.xlsx")
    return [folder / "a.xlsx"]


@case()
def numbers_of_columns_below_the_header(folder: Path) -> Any:
    rows = agr_rows()
    rows.insert(1, list(range(1, len(AGR) + 1)))
    return workbook(folder / "a.xlsx", ("x", rows))


@case()
def header_again_on_every_page(folder: Path) -> Any:
    rows = agr_rows()
    rows.insert(5, AGR)
    return workbook(folder / "a.xlsx", ("x", [["DINAS"], [], ["PER 30 JUNI 2026"], *rows]))


@case()
def text_of_windows(folder: Path) -> Any:
    rows = [[u.code, u.rw, u.rt, u.left, "Desa Jér\u00e9m"] for u in UNITS]
    return text(
        folder / "a.csv", [["KODE", "RW", "RT", "BLM_REKAM", "CATATAN"], *rows], ";", "cp1252"
    )


@case()
def text_of_two_bytes(folder: Path) -> Any:
    rows = [[u.code, u.rw, u.rt, u.left] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "BLM_REKAM"], *rows], "\t", "utf-16")


@case()
def a_csv_named_as_a_workbook(folder: Path) -> Any:
    rows = [[u.code, u.rw, u.rt, u.left] for u in UNITS]
    return text(folder / "a.xls", [["KODE", "RW", "RT", "BLM_REKAM"], *rows], "\t", "utf-8-sig")


@case(
    {key: left for key, left in TRUTH.items() if key != UNITS[2].key}, 1, "recorded-above-eligible"
)
def recorded_above_the_whole(folder: Path) -> Any:
    rows: list[Row] = [[u.code, u.rw, u.rt, u.total, u.recorded] for u in UNITS]
    rows[2][4] = rows[2][3] + 1
    return text(folder / "a.csv", [["KODE", "RW", "RT", "WAJIB KTP", "REKAM"], *rows])


@case({key: left for key, left in TRUTH.items() if key != UNITS[2].key}, 1, "negative")
def negative_growth(folder: Path) -> Any:
    rows = agr_rows()
    rows[3][9] = -4
    return workbook(folder / "a.xlsx", ("x", rows))


@case(None, 2, "undecided")
def a_total_that_may_be_of_all_residents(folder: Path) -> Any:
    """71 of 100 residents are 17 and over, so JML_WKTP may be those who must hold a card."""
    rows = [[u.code, u.rw, u.rt, u.total, int(0.71 * u.total)] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "JML", "JML_WKTP"], *rows])


@case(TRUTH, 0, "meaning-by-sums")
def recorded_under_the_name_of_the_whole(folder: Path) -> Any:
    rows = [[u.code, u.rw, u.rt, u.total, u.recorded] for u in UNITS]
    return text(folder / "a.csv", [["KODE", "RW", "RT", "JML", "JML_WKTP"], *rows])


@case(
    {key: left for key, left in TRUTH.items() if key != UNITS[1].key},
    1,
    "not-whole",
    "total-mismatch",
)
def everything_at_once(folder: Path) -> Any:
    """Titles, levels, a total that is wrong, thousands dots, a cell that is no number."""
    rows = agr_rows()
    rows[1][7:] = [f"{rows[1][7]:,}".replace(",", "."), f" {rows[1][8]} ", f"{rows[1][9]}"]
    rows[2][9] = "1,5"
    rows += [upper("99.71", "KOTA KECIL", 3), [None, None, "TOTAL", None, None, 1, 2, 3, 4, 5]]
    rows[-2][9] += 1
    return workbook(folder / "a.xlsx", ("x", [["DATA"], ["SEMESTER I 2026"], *rows]))


def write_one_of_each_kind(folder: Path) -> None:
    """A sound file of each kind that is read, named after its kind."""
    workbook(folder / "agr.xlsx", ("AGR_WKTP", agr_rows()))
    (folder / "agr.ods").write_bytes(opendocument(agr_rows()))
    text(folder / "agr.csv", agr_rows())
    layer = layer_of_the_ministry(folder)[0]
    layer_as_attributes(folder)
    frame = geopandas.read_file(layer)
    frame.to_file(folder / "paket.gpkg", layer="desa")
    frame.to_file(folder / "shape.shp")
    points = geopandas.GeoDataFrame(
        {"Name": ["Balai RW 01"], "jenis": ["balai RW"]},
        geometry=geopandas.points_from_xy([110.0], [-7.0]),
        crs="EPSG:4326",
    )
    points.to_file(folder / "titik.kml", driver="KML")


def opendocument(rows: Sequence[Row]) -> bytes:
    """The rows as a workbook of LibreOffice, as small as one can be."""
    lines = []
    for row in rows:
        cells = "".join(_ods_cell(cell) for cell in row)
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content{names}>"
        "<office:body><office:spreadsheet><table:table table:name='AGR'>"
        f"{''.join(lines)}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    target = BytesIO()
    with ZipFile(target, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", "<manifest/>")
        parts.writestr("content.xml", content)
    return target.getvalue()


def _ods_cell(cell: object) -> str:
    if cell is None:
        return "<table:table-cell/>"
    kind = f"float' office:value='{cell}" if isinstance(cell, int) else "string"
    return (
        f"<table:table-cell office:value-type='{kind}'><text:p>{escape(str(cell))}</text:p>"
        "</table:table-cell>"
    )
