"""What the columns of every table are: one model per table, from which docs/inputs.md is made."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, assert_never

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from planner.district import Permission
from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.cell_values import (
    Border,
    Classes,
    Coordinate,
    Count,
    CrewBreak,
    Day,
    DayHours,
    Hours,
    Kits,
    Minutes,
    Month,
    NotNegative,
    Npsn,
    People,
    PermissionState,
    Region,
    Rupiah,
    Rw,
    Services,
    Share,
    Shift,
    Text,
    VanClass,
    Worth,
    YesNo,
    as_text,
    rt_rw,
)
from planner.inputs.titles import AREA_NAMES, OTHER_TITLES
from planner.venues import VENUE_TYPES, DemandSource, VenueType


def column(example: str, description: str, alias: str | None = None) -> Any:
    """A required column: an example, what it means, and its name if that is not the field's."""
    return Field(description=description, examples=[example], alias=alias)


def optional(
    example: str, description: str, default: object = None, *, alias: str | None = None
) -> Any:
    """A column that may be left out, likewise."""
    return Field(description=description, examples=[example], alias=alias, default=default)


class TableRow(BaseModel):
    """One row; blank cells are absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class RtRow(TableRow):
    """The people of one RT who are not yet recorded, or of a whole RW, dusun or kelurahan."""

    code: Region = column("31.71.01.1001", "Kemendagri code of the kelurahan or desa")
    kelurahan: Text = column("Gambir", "its name; must match the name in `areas`")
    rw: Rw = optional("004", "number of the RW; blank if you do not count by RW", "")
    dusun: Text = optional("Krajan", "name of the dusun, where RT are numbered by dusun", "")
    rt: str | None = optional(
        "012", "number of the RT; blank = the row is the whole RW or kelurahan"
    )
    unrecorded: People = column("37", "people not yet recorded")
    unreachable: People = optional("5", "of these, people who are no longer there", 0)
    reason: Text = optional("pindah", "why they are no longer there", "")
    eligible: People | None = optional(
        "1180", "all who must hold a card (wajib KTP), for the shares in reports of progress"
    )
    not_printed: People | None = optional(
        "9", "people recorded who wait for their card (PRR); stops for printing are planned for"
    )
    lat: Coordinate | None = optional(
        "-6,1754", "latitude; optional if `areas` has the border of its RW or kelurahan"
    )
    lon: Coordinate | None = optional("106,8272", "longitude; likewise optional")

    @model_validator(mode="before")
    @classmethod
    def _rw_of_rt(cls, data: dict[str, Any]) -> dict[str, Any]:
        """An RW that stands only in the column rt: ``001/002``."""
        numbers = re.findall(r"\d+", as_text(data.get("rt", "")))
        return data | {"rw": data["rt"]} if "rw" not in data and len(numbers) == 2 else data

    @property
    def part(self) -> str:
        """The part of its kelurahan, as `planner.district.part_name` takes it."""
        rw = f"RW {self.rw}" if self.rw and self.dusun else self.rw
        return " ".join(filter(None, (self.dusun, rw)))

    @field_validator("rt", mode="before")
    @classmethod
    def _rt(cls, value: object, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        rt, rw = rt_rw(value)
        if rw not in {None, info.data.get("rw") or rw}:
            raise Mistake.of(
                value, say("does not match the RW in the column rw"), say("correct one of the two")
            )
        return rt


class AreaRow(TableRow):
    """The border of a kelurahan or desa, or of an RW; GeoJSON or GeoPackage only."""

    code: Region = column("31.71.01.1001", "Kemendagri code of the kelurahan or desa")
    name: Text = column("Gambir", "its name")
    rw: Rw | None = optional("004", "number of the RW; blank = the whole kelurahan")
    kecamatan: Text = optional(
        "Gambir", "name of its kecamatan, for schedules; once per kecamatan is enough", ""
    )
    shape: Border = column("(drawn)", "the geometry: a polygon or multipolygon", alias="polygon")

    @property
    def kecamatan_code(self) -> str:
        """Code of the kecamatan it lies in."""
        return self.code.rpartition(".")[0]


class PopulationRow(TableRow):
    """People at a spot of a population layer, by which `rt` without coordinates are placed."""

    people: NotNegative = column("12,5", "people who live there, recorded or not")
    lat: Coordinate = column("-6,1754", "latitude, degrees")
    lon: Coordinate = column("106,8272", "longitude, degrees")


class RegisterRow(TableRow):
    """What the population register (DKB) counts in a kelurahan, an RW or an RT."""

    code: Region = column("31.71.01.1001", "Kemendagri code of the kelurahan or desa")
    kelurahan: Text = column("Gambir", "its name; must match the name in `areas`")
    rw: Rw = optional("004", "number of the RW; blank = the whole kelurahan", "")
    rt: Rw = optional("012", "number of the RT; blank = the whole RW or kelurahan", "")
    people: People | None = optional("8000", "residents of any age")
    eligible: People | None = optional("5800", "residents who must hold a card (wajib KTP)")
    recorded: People | None = optional("5700", "those of them who are recorded")
    recorded_before: People | None = optional("5650", "recorded at the count before this one")
    unrecorded: People | None = optional("100", "people not yet recorded")
    aged_0_4: People | None = optional("600", "residents aged 0 to 4")
    aged_15_19: People | None = optional(
        "650", "residents aged 15 to 19; a fifth of them turns 17 in a year"
    )
    aged_25_29: People | None = optional("640", "residents aged 25 to 29")


class Turning17Row(TableRow):
    """People of a school or kelurahan who turn 17 in a month, as far as the office knows."""

    place: Text = column("20206031", "NPSN of a school, or Kemendagri code of a kelurahan")
    month: Month = column("2027-02", "02/2027 is read too; 2027 = all in January, as schools count")
    people: People = column("12", "people who turn 17 in it and are not recorded yet")


class PlaceRow(TableRow):
    """Columns that all places where a van can stand have."""

    id: Text = column("T-12", "short name; unique over points, schools, offices and vans")
    name: Text = column("Balai RW 04", "name on map and sheets")
    category: Text = column(
        "balai RW", "such as balai RW, kantor kelurahan, RPTRA or taman", alias="kind"
    )
    address: Text = optional("Jl. Melati 4", "street address", "")
    lat: Coordinate = column("-6,1754", "latitude, degrees")
    lon: Coordinate = column("106,8272", "longitude, degrees")
    hours: Hours | None = optional(
        "Sab 08.00-12.00; Min 08.00-12.00, 13.00-15.00",
        "when a van may stand there; blank = `[hours]` of planner.toml",
    )
    permission: PermissionState = optional(
        "disetujui", "belum dihubungi, surat dikirim, disetujui or ditolak", Permission.NOT_ASKED
    )
    contact: Text = optional(
        "Ketua RW 04, 0800-0000-0412", "contact for the crew: role and number", ""
    )
    classes: Classes | None = optional("small large", "classes of van that fit; blank = all")
    weight: Worth = optional("1,5", "worth of one person recorded here", 1.0)
    note: Text = optional("parkir di belakang", "note for the crew", "")
    public: YesNo | None = optional(
        "tidak", "whether everybody may come and is told so; blank = points yes, others no"
    )

    @property
    def backlog(self) -> int:
        """People counted in the row."""
        return 0

    @property
    def counted_in_rt(self) -> int:
        """Those of them who stand in a row of `rt` too."""
        return 0


class VisitedRow(PlaceRow):
    """Columns of places whose own people are recorded."""

    turnout: Share | None = optional(
        "0,8", "share that comes, 0 to 1; blank = `[rates]` of planner.toml"
    )
    seconds_per_person: Minutes | None = optional(
        "3,5", "minutes one kit needs for one person; blank = `[rates]`", alias="minutes_per_person"
    )
    not_printed: People | None = optional(
        "6", "people recorded who wait for their card, and are not counted so in `rt`"
    )


class SchoolRow(VisitedRow):
    """A senior high school with the pupils of its last year who are not yet recorded."""

    id: Npsn = column(
        "20206031", "national school number, 8 characters; identifies the school", alias="npsn"
    )
    category: Text = column("SMA", "SMA, SMK, MA", alias="kind")
    pupils_16: People = column("40", "unrecorded pupils aged 16: recorded now, card later")
    pupils_17: People = column("85", "unrecorded pupils aged 17 and over")
    share_in_rt: Share = optional("0,6", "share of them counted in `rt` too, 0 to 1", 0.0)

    @property
    def backlog(self) -> int:
        """Pupils."""
        return self.pupils_16 + self.pupils_17

    @property
    def counted_in_rt(self) -> int:
        """Pupils who stand in a row of `rt` too."""
        return round(self.backlog * self.share_in_rt)


class OfficeRow(VisitedRow):
    """An office, company or institution with its staff who are not yet recorded."""

    id: Text = column("K-07", "short name; unique over points, schools, offices and vans")
    category: Text = column("bank", "government, private, bank, hospital, prison", alias="kind")
    unrecorded: People = column("24", "people there who are not yet recorded")

    @property
    def backlog(self) -> int:
        """Staff."""
        return self.unrecorded


class PointRow(PlaceRow):
    """A place where a van can stand for the people who live around it."""

    network: YesNo | None = optional("ya", "whether there is a data network")
    power: YesNo | None = optional("tidak", "whether there is electricity")


class DepotRow(TableRow):
    """A depot where vans start and end."""

    id: Text = column("kantor", "short name, unique among depots")
    name: Text = column("Kantor Dukcapil", "name on map and sheets")
    lat: Coordinate = column("-6,1754", "latitude, degrees")
    lon: Coordinate = column("106,8272", "longitude, degrees")


class VanRow(TableRow):
    """A van with its crew and recording kits."""

    id: Text = column("A", "short name; unique over points, schools, offices and vans")
    plate: Text = column("B 9901 XX", "number plate")
    van_class: VanClass = column("small", "compared with `classes` of a place", alias="class")
    kits: Kits = column("2", "people recorded at the same time")
    start: Text = column("kantor", "id of the depot it starts from", alias="depot")
    end: Text | None = optional("kantor", "where it ends; blank = `depot`", alias="end_depot")
    shifts: Shift | None = optional(
        "Sab 07.30-14.00; Min 07.30-14.00",
        "depot to depot, once a day; blank = `[hours]` of planner.toml",
        alias="shift",
    )
    crew_break: CrewBreak | None = optional(
        "11.30-13.00 45", "lunch and prayer: earliest and latest start, then minutes", alias="break"
    )
    max_people: People | None = optional(
        "150", "blank cards on board; blank = no limit", alias="cards"
    )
    ribbon: People | None = optional("500", "cards that the ribbon on board prints, likewise")
    film: People | None = optional("500", "cards that the film on board prints, likewise")
    services: Services = optional(
        "rekam cetak", "what it offers: rekam, cetak, KK, KIA, IKD; blank = all", ()
    )
    max_stops: People | None = optional("4", "maximum stops a day; blank = no limit")
    crew: Count = optional("3", "people on board", 0)
    cost_per_km: Rupiah | None = optional("2500", "rupiah per kilometre")
    cost_per_h: Rupiah | None = optional(
        "40000", "rupiah per hour from leaving a depot to returning"
    )


class CalendarRow(TableRow):
    """An exception on one date."""

    date: Day = column("28/11/2026", "day of the exception; 2026-11-28 is read too")
    scope: Text = optional(
        "T-12",
        "a place, a van, points, schools, offices, vans or the code of a kelurahan; "
        "blank = everything",
        "",
    )
    hours: DayHours = column("tutup", "tutup, or hours that replace the usual ones: 08.00-10.00")
    reason: Text = optional("hajatan", "why", "")


def row_model(venue_type: VenueType) -> type[PlaceRow]:
    """Model of the table of a type of venue."""
    match venue_type.demand_source:
        case DemandSource.CATCHMENT:
            return PointRow
        case DemandSource.PUPILS:
            return SchoolRow
        case DemandSource.STAFF:
            return OfficeRow
        case _:
            assert_never(venue_type.demand_source)


def row_models(venue_types: Iterable[VenueType] = VENUE_TYPES) -> dict[str, type[TableRow]]:
    """Model of each table by its name, in the order in which problems are told."""
    return {
        "rt": RtRow,
        "areas": AreaRow,
        "population": PopulationRow,
        "register": RegisterRow,
        "turning-17": Turning17Row,
        **{venue_type.table: row_model(venue_type) for venue_type in venue_types},
        "depots": DepotRow,
        "vans": VanRow,
        "calendar": CalendarRow,
    }


def column_name(model: type[TableRow], field: str) -> str:
    """What the table calls a field of its rows."""
    return model.model_fields[field].alias or field


def titles_of(model: type[TableRow]) -> dict[str, str]:
    """The column that each title means; of two titles of a column the earlier one is better."""
    titles = {column: column for column in columns_of(model)}
    for column in columns_of(model):
        for title in _other_titles(model, column):
            titles.setdefault(title, column)
    return titles


def column_title(model: type[TableRow], column: str, language: str) -> str:
    """What a new table calls a column in a language."""
    others = _other_titles(model, column)
    return others[0] if language == "id" and others else column


def _other_titles(model: type[TableRow], column: str) -> list[str]:
    is_area_name = model is AreaRow and column == "name"
    return (AREA_NAMES if is_area_name else OTHER_TITLES.get(column, "")).split()


@cache
def columns_of(model: type[TableRow]) -> Mapping[str, bool]:
    """Names of the columns, and whether each is required."""
    return MappingProxyType(
        {
            column_name(model, name): field.is_required()
            for name, field in model.model_fields.items()
        }
    )
