"""What the title of a column may mean, as offices, exports and portals write it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.intake.cells import as_label


class Role(StrEnum):
    """What a column holds; the values stand in mapping files."""

    CODE = "code"
    PROVINCE_NO = "province_no"
    REGENCY_NO = "regency_no"
    KECAMATAN_NO = "kecamatan_no"
    KELURAHAN_NO = "kelurahan_no"
    AREA = "area"
    PROVINCE = "province"
    REGENCY = "regency"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DUSUN = "dusun"
    RW = "rw"
    RT = "rt"
    RT_RW = "rt_rw"
    RW_RT = "rw_rt"
    SEMESTER = "semester"
    YEAR = "year"
    PERIOD = "period"
    LEVEL = "level"
    ELIGIBLE = "eligible"
    RECORDED = "recorded"
    UNRECORDED = "unrecorded"
    TOTAL = "total"
    FIRST_TIMERS = "first_timers"
    RESIDENTS = "residents"
    AGED_0_4 = "aged_0_4"
    AGED_15_19 = "aged_15_19"
    AGED_25_29 = "aged_25_29"
    NOT_PRINTED = "not_printed"
    LAT = "lat"
    LON = "lon"
    NUMBER = "number"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


COUNTS = frozenset({Role.ELIGIBLE, Role.RECORDED, Role.UNRECORDED, Role.TOTAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a title says.

    Attributes
    ----------
    role
        What it says first.
    sex
        ``L`` or ``P`` where it counts one of them, else blank.
    is_weak
        Whether the name alone does not decide between people eligible and people recorded.
    """

    role: Role
    sex: str = ""
    is_weak: bool = False

    @property
    def names_people(self) -> bool:
        """Whether it counts people eligible, recorded or unrecorded."""
        return self.role in COUNTS - {Role.TOTAL}


_EXACT: Mapping[str, Role] = {
    title: role
    for role, titles in {
        Role.CODE: "kode code kode_wilayah kode_desa kode_kelurahan kode_kel kode_kemendagri kdepum"
        " kode_desa_spatial kode_wil kode_kec kode_kecamatan kdkec kdkel kddesa kode_kab kode_kota"
        " kode_kab_spatial kode_prop_spatial kode_kabupaten_kota kode_kec_spatial id_desa"
        " kode_desa_kelurahan kode_kelurahan_desa kode_deskel kd_kel kd_desa kd_kec kode_bps"
        " bps_kode kode_bps_desa kode_bps_kelurahan kode_desa_bps kode_kelurahan_bps",
        Role.PROVINCE_NO: "no_prop no_prov kd_prop kd_prov",
        Role.REGENCY_NO: "no_kab no_kota no_kabkota no_kab_kota kd_kab",
        Role.KECAMATAN_NO: "no_kec",
        Role.KELURAHAN_NO: "no_kel no_desa no_kel_desa no_deskel",
        Role.AREA: "wilayah nama_wilayah namobj uraian",
        Role.PROVINCE: "provinsi propinsi nama_prop nama_provinsi nama_prov prov wadmpr",
        Role.REGENCY: "kabupaten kota kab_kota kabupaten_kota nama_kab nama_kabupaten wadmkk"
        " nama_kab_kota nama_kabupaten_kota kabkota nama_kota",
        Role.KECAMATAN: "kecamatan kec nama_kec nama_kecamatan wadmkc",
        Role.KELURAHAN: "kelurahan desa kel nama_kel nama_kelurahan nama_desa kelurahan_desa"
        " desa_kelurahan desa_kel kel_desa nama_desa_kelurahan nama_kelurahan_desa wadmkd deskel"
        " nama_deskel nama_kel_desa",
        Role.DUSUN: "dusun lingkungan banjar kampung nama_dusun dusun_lingkungan",
        Role.RW: "rw no_rw nomor_rw",
        Role.RT: "rt no_rt nomor_rt",
        Role.RT_RW: "rt_rw no_rt_rw rtrw",
        Role.RW_RT: "rw_rt no_rw_rt rwrt",
        Role.SEMESTER: "semester smt sem",
        Role.YEAR: "tahun thn year",
        Role.PERIOD: "periode bulan tanggal tgl tanggal_data periode_data",
        Role.LEVEL: "idem level tingkat",
        Role.RESIDENTS: "jumlah_penduduk jml_penduduk jml_pddk",
        Role.AGED_0_4: "u0",
        Role.AGED_15_19: "u15",
        Role.AGED_25_29: "u25",
        Role.LAT: "lat lintang latitude",
        Role.LON: "lon lng long bujur longitude",
        Role.NOT_PRINTED: "not_printed belum_cetak blm_cetak belum_dicetak blm_dicetak prr"
        " print_ready_record jml_prr jumlah_prr jml_belum_cetak jumlah_belum_cetak",
        Role.NUMBER: "no nomor no_urut nomor_urut urut id fid objectid",
    }.items()
    for title in titles.split()
}

_FEMALE = frozenset({"pr", "p", "perempuan", "wanita", "prp"})
_MALE = frozenset({"lk", "l", "laki", "pria", "lakilaki"})
_PERCENT = frozenset({"persen", "persentase", "prosentase", "presentase", "percent", "pct", "%"})
_OTHER = frozenset(
    """
    mmlk memiliki milik cetak kk kia akta akte ikd suket prr blangko blanko ribbon film nikah
    bpjs lahir mati kematian kelahiran pindah kedatangan datang anak stok distribusi kawin cerai
    penduduk pddk kepala keluarga jarak luas siap print printed sfe card hari ini
    """.split()  # noqa: SIM905 - a list would take a line for each
)
_NEVER = frozenset({"mmlk", "kk", "kia", "ikd", "ini"})
"""Words of other services, also beside one of recording."""

_NOT = frozenset({"blm", "belum", "sisa", "blum", "bl", "tidak", "unrecorded", "tdk"})
_RECORDING = frozenset(
    "rekam perekaman rekaman terekam direkam merekam recorded perekam prekam".split()  # noqa: SIM905
)
_ELIGIBLE = frozenset({"wktp", "wajib", "wktpel", "eligible"})
_FIRST_TIMERS = frozenset({"pemula"})
_ALL = frozenset({"jml", "jumlah", "total", "jlh", "jum", "lp"})


def words_of(title: object) -> tuple[str, ...]:
    """Words of a title, the card in one spelling: ``KTP-EL`` and ``e-KTP`` are ``ktp``."""
    text = as_label(title).casefold().replace("%", " persen ")
    text = re.sub(r"\be[\s_-]*ktp\b|(?<![a-z])ktp[\s_-]*el(?![a-z])|ktpel|ektp", " ktp ", text)
    text = re.sub(r"laki[\s_-]*laki", "laki", text)
    return tuple(re.findall(r"[^\W_]+", text))


def names_bps(title: object) -> bool:
    """Whether a title says that its codes are those of BPS."""
    return "bps" in words_of(title)


def key_of(title: object) -> str:
    """A title by which it is known again."""
    return "_".join(words_of(title))


def meaning_of(title: object) -> Meaning:
    """What a title means, as far as it says."""
    words = words_of(title)
    key = "_".join(words)
    if key in _EXACT:
        return Meaning(role=_EXACT[key])
    if not words:
        return Meaning(role=Role.UNKNOWN)
    said = set(words)
    sex = "L" if said & _MALE else "P" if said & _FEMALE else ""
    if said <= _ALL | _MALE | _FEMALE:
        return Meaning(role=Role.TOTAL, sex="" if said >= {"l", "p"} else sex)
    role = _role_of(key, said)
    is_weak = bool(said & (_FIRST_TIMERS if role is Role.UNRECORDED else {"wktp"}))
    return Meaning(role=role, sex=sex, is_weak=is_weak and role is not Role.RECORDED)


def _role_of(key: str, said: set[str]) -> Role:
    is_recording = bool(said & _RECORDING)
    is_other = said & _OTHER and not (is_recording and not said & _NEVER)
    if said & _PERCENT or key.startswith(("jarak", "field")) or is_other:
        return Role.IGNORED
    if "unrecorded" in said or (said & _NOT and is_recording):
        return Role.UNRECORDED
    if is_recording:
        return Role.RECORDED
    if said & _ELIGIBLE:
        return Role.ELIGIBLE
    return Role.FIRST_TIMERS if said & _FIRST_TIMERS else Role.UNKNOWN
