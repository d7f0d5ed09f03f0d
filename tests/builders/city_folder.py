"""A seeded district folder of a real city's size: 1,500 RT, 220 places, 8 vans, straight lines."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

SETTINGS = """\
[office]
name = "Dinas Kota Besar"
code = "99.72"

[hours]
point = "Sab 08.00-12.00; Min 08.00-12.00"
school = "Sab 07.00-14.00"
office = "Sab 08.00-15.00"
"""

LAT, LON = -7.0, 110.0
DEGREES_PER_KM = 1 / 111.195
SIDE_KM = 14.0
"""Of the square in which the kelurahan lie."""

VANS = """\
A,ZZ 1 A,small,2,utara,Sab-Min 07.30-14.00,11.30-13.00 45,150
B,ZZ 2 B,large,3,utara,Sab-Min 07.30-14.00,11.30-13.00 45,
C,ZZ 3 C,small,2,selatan,Sab-Min 07.30-14.00,11.30-13.00 45,100
D,ZZ 4 D,large,4,selatan,Sab 07.00-15.00,11.30-13.00 45,200
E,ZZ 5 E,small,2,utara,Sab-Min 08.00-14.00,,120
F,ZZ 6 F,small,1,selatan,Min 07.30-14.00,,80
G,ZZ 7 G,small,2,utara,Sab-Min 07.30-14.00,11.30-13.00 45,
H,ZZ 8 H,large,3,selatan,Sab-Min 07.30-15.00,11.30-13.00 45,160
"""


def write_city(
    path: Path, *, num_rt: int = 1500, num_places: int = 220, num_vans: int = 8, seed: int = 0
) -> Path:
    """The folder; the same files for the same arguments.

    Of the places seven in ten are points, two schools, one an office; every tenth is refused, asked
    for or closed on Saturday. A kelurahan has some sixty RT around its middle.
    """
    rng, num_kelurahan = Random(seed), max(1, num_rt // 60)
    middles = [(rng.uniform(0, SIDE_KM), rng.uniform(0, SIDE_KM)) for _ in range(num_kelurahan)]
    num_schools, num_offices = num_places // 5, num_places // 10
    num_points = num_places - num_schools - num_offices
    path.mkdir(parents=True, exist_ok=True)
    (path / "planner.toml").write_text(SETTINGS, encoding="utf-8")
    write = _Writer(path, rng, middles)
    write.table("depots", "id,name,lat,lon", ["utara,Kantor Utara,-6.92,110.05", SOUTH])
    head = "id,plate,class,kits,depot,shift,break,cards"
    write.table("vans", head, VANS.splitlines()[:num_vans])
    write.table("rt", "code,kelurahan,rw,rt,unrecorded,lat,lon", write.homes(num_rt))
    head = "id,name,kind,lat,lon,classes,hours,permission"
    write.table("points", head, write.points(num_points))
    head = "npsn,name,kind,lat,lon,pupils_16,pupils_17,permission,classes"
    write.table("schools", head, write.schools(num_schools))
    head = "id,name,kind,lat,lon,unrecorded,permission"
    write.table("offices", head, write.offices(num_offices))
    return path


SOUTH = "selatan,Kantor Selatan,-6.98,110.08"


class _Writer:
    """Rows of the tables, drawn one after another."""

    def __init__(self, path: Path, rng: Random, middles: Sequence[tuple[float, float]]) -> None:
        self.path, self.rng, self.middles = path, rng, middles

    def table(self, name: str, head: str, rows: Iterable[str]) -> None:
        text = "\n".join([head, *rows, ""])
        (self.path / f"{name}.csv").write_text(text, encoding="utf-8")

    def near(self, kelurahan: int, spread_km: float) -> str:
        """Latitude and longitude of somewhere in a kelurahan."""
        x, y = self.middles[kelurahan]
        north = self.rng.gauss(y, spread_km) * DEGREES_PER_KM
        east = self.rng.gauss(x, spread_km) * DEGREES_PER_KM
        return f"{LAT + north:.6f},{LON + east:.6f}"

    def homes(self, count: int) -> Iterable[str]:
        for number in range(count):
            kelurahan = number % len(self.middles)
            rw, rt = divmod(number // len(self.middles), 6)
            code = f"99.72.{1 + kelurahan // 10:02}.{1001 + kelurahan % 10}"
            people = self.rng.randint(1, 14)
            place = self.near(kelurahan, 0.6)
            yield f"{code},Kelurahan {kelurahan + 1},{rw + 1:03},{rt + 1:03},{people},{place}"

    def points(self, count: int) -> Iterable[str]:
        for number in range(count):
            kelurahan = number % len(self.middles)
            classes = self.rng.choice(["small", "small;large", "small;large"])
            hours = self.rng.choice(["", "", "Sab 08.00-12.00", "Min 08.00-14.00"])
            state = self.permission()
            place = self.near(kelurahan, 0.5)
            name = f"Balai {number + 1}"
            yield f"T{number + 1},{name},balai RW,{place},{classes},{hours},{state}"

    def schools(self, count: int) -> Iterable[str]:
        for number in range(count):
            pupils = self.rng.randint(5, 40), self.rng.randint(20, 120)
            place = self.near(self.rng.randrange(len(self.middles)), 0.8)
            code = f"{99720001 + number},SMA {number + 1},SMA"
            yield f"{code},{place},{pupils[0]},{pupils[1]},{self.permission()},small;large"

    def offices(self, count: int) -> Iterable[str]:
        for number in range(count):
            place = self.near(self.rng.randrange(len(self.middles)), 0.8)
            people = self.rng.randint(5, 60)
            yield f"K{number + 1},Bank {number + 1},bank,{place},{people},{self.permission()}"

    def permission(self) -> str:
        return self.rng.choice(["disetujui"] * 8 + ["surat dikirim", "ditolak"])
