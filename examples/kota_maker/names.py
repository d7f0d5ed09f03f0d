"""Names for the streets of the quarters: one theme per quarter, as in many towns."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from shapely import STRtree

from kota_maker.ground import Xy, dice, place_key
from kota_maker.street import Street

THEMES: tuple[tuple[Xy, str], ...] = (
    ((-1500, -700), "Melati Mawar Kenanga Cempaka Anggrek Dahlia Teratai Flamboyan Bougenvil"),
    ((-300, -300), "Kauman Pandean Sayangan Gerabahan Kranggan Jagalan Sorogenen Keplekan"),
    ((0, -1500), "Merpati Kutilang Cendrawasih Perkutut Jalak Gelatik Murai Elang Rajawali"),
    ((-2700, -1500), "Mangga Rambutan Jambu Durian Manggis Sawo Nangka Duku Kelengkeng Belimbing"),
    ((900, -1500), "Berlian Zamrud Safir Pirus Intan Kecubung Akik Giok Yakut Nilam"),
    ((2300, -1500), "Arjuna Bima Nakula Sadewa Srikandi Abimanyu Gatotkaca Puntadewa Larasati"),
    ((-1000, -2700), "Padi Jagung Kedelai Ketela Wijen Kacang Gandum Sorgum Lumbung Bawon"),
    ((-2500, 1500), "Jati Mahoni Sengon Trembesi Randu Beringin Waru Akasia Pinus Sonokeling"),
    ((-700, 1200), "Seruling Gamelan Gender Saron Kendang Rebab Siter Bonang Kenong Kempul"),
    ((800, 900), "Bintang Surya Candra Kartika Mega Pelangi Embun Fajar Senja Bayu"),
    ((2800, 500), "Bandeng Kakap Tenggiri Gurame Mujair Lele Nila Tawes Udang Kepiting"),
    ((-800, 2700), "Delima Salak Kedondong Srikaya Sirsak Pepaya Pisang Jeruk Semangka Melon"),
    ((1800, 2800), "Merbabu Sindoro Sumbing Ungaran Andong Telomoyo Prau Slamet Lawu Muria"),
)  # fmt: skip
ROMAN = ("", " II", " III", " IV", " V", " VI", " VII", " VIII", " IX", " X", " XI", " XII")


def name_streets(streets: Sequence[Street]) -> list[Street]:
    """The streets, those without a name given one; alleys are called after the street nearby."""
    used: Counter[str] = Counter()
    named = [_named(street, used) for street in streets]
    lanes = [street for street in named if street.name.startswith("Jalan") and not street.tags]
    tree = STRtree([street.line for street in lanes])
    return [
        replace(street, name=_alley(street, lanes[int(tree.nearest(street.line.centroid))], used))
        if not street.name and street.highway in ("living_street", "service")
        else street
        for street in named
    ]


def _named(street: Street, used: Counter[str]) -> Street:
    if street.name or street.highway not in ("tertiary", "residential"):
        return street
    middle = street.line.interpolate(0.5, normalized=True)
    words = min(THEMES, key=lambda theme: math.dist(theme[0], (middle.x, middle.y)))[1].split()
    fewest = min(used[word] for word in words)
    word = dice("name", place_key(middle)).choice([w for w in words if used[w] == fewest])
    used[word] += 1
    return replace(street, name=f"Jalan {word}{ROMAN[used[word] - 1]}")


def _alley(street: Street, near: Street, used: Counter[str]) -> str:
    """The name of an alley; one in four has none."""
    middle = street.line.interpolate(0.5, normalized=True)
    if dice("alley", place_key(middle)).random() < 0.25:
        return ""
    words = near.name.removeprefix("Jalan ").split()
    word = " ".join(words[:-1] if f" {words[-1]}" in ROMAN else words)
    used[f"Gang {word}"] += 1
    return f"Gang {word} {used[f'Gang {word}']}"
