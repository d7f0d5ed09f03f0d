"""A district folder that can be planned by hand: 2 RW, 2 points, 1 school, 1 office, 1 van."""

import json
from pathlib import Path
from typing import Any

from planner.errors import InputError
from planner.inputs.findings import Findings

SETTINGS = """\
[office]
name = "Dinas Kota Kecil"
code = "99.71"
"""

TABLES = {
    "rt": """\
# hitungan SIAK, Senin
code,kelurahan,rw,rt,unrecorded,unreachable,reason,lat,lon
99.71.01.1001,Melati,001,001,30,4,pindah,-7.005,110.005
99.71.01.1001,Melati,002,,25,,,,
""",
    "schools": """\
npsn,name,kind,address,lat,lon,pupils_16,pupils_17,share_in_rt,hours,permission,classes
99710001,SMAN 1,SMA,Jl. Satu 1,-7.006,110.006,20,40,0.5,Sab 07.00-12.00,disetujui,small
""",
    "offices": """\
id,name,kind,address,lat,lon,unrecorded,turnout,minutes_per_person
K1,Bank Kota,bank,Jl. Dua 2,-7.004,110.014,12,0.9,4.5
""",
    "points": """\
id,name,kind,address,lat,lon,hours,permission,contact,network
T1,Balai RW 01,balai RW,Jl. Tiga 3,-7.005,110.004,,surat dikirim,Ketua RW 01,ya
T2,Balai RW 02,balai RW,,-7.005,110.016,Min 08.00-10.00,,,
""",
    "depots": """\
id,name,lat,lon
kantor,Kantor Dukcapil,-7.001,110.001
""",
    "vans": """\
id,plate,class,kits,depot,shift,break,cards
A,ZZ 1 AA,small,2,kantor,Sab-Min 07.30-14.00,11.30-13.00 45,150
""",
    "calendar": """\
date,scope,hours,reason
2026-11-28,T1,tutup,hajatan
""",
}

AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": "99.71.01.1001", "name": "Melati", "rw": rw},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[w, -7.01], [e, -7.01], [e, -7.0], [w, -7.0], [w, -7.01]]],
            },
        }
        for rw, w, e in ((None, 110.0, 110.02), ("001", 110.0, 110.01), ("002", 110.01, 110.02))
    ],
}


class Folder:
    """A district folder whose files a test changes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str | bytes) -> None:
        """Put a file there."""
        data = text if isinstance(text, bytes) else text.encode()
        (self.path / name).write_bytes(data)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self.path / name).unlink()

    def cells(self, name: str) -> list[list[str]]:
        """Header and rows of a CSV table, without comments."""
        lines = TABLES[name].splitlines()
        return [line.split(",") for line in lines if not line.startswith("#")]

    def records(self, name: str) -> list[dict[str, Any]]:
        """Rows of a CSV table by column, blank cells left out."""
        header, *rows = self.cells(name)
        return [
            {column: value for column, value in zip(header, row, strict=True) if value}
            for row in rows
        ]


def sound_folder(path: Path) -> Folder:
    """The valid folder."""
    folder = Folder(path)
    folder.write("planner.toml", SETTINGS)
    folder.write("areas.geojson", json.dumps(AREAS))
    for name, text in TABLES.items():
        folder.write(f"{name}.csv", text)
    return folder


def problems_of(findings: Findings) -> list[str]:
    """What was noted, a line each."""
    try:
        findings.raise_problems()
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []
