"""Where the border, the river and the big streets run, drawn by hand; metres."""

from kota_maker.ground import Xy

BORDER: tuple[Xy, ...] = (
    (-4150, 300), (-4000, 1500), (-3500, 2500), (-2500, 3150), (-1000, 3050), (300, 3350),
    (1700, 3250), (3000, 3100), (3900, 2300), (4150, 1000), (4250, -300), (3950, -1500),
    (3500, -2700), (2300, -3150), (900, -3000), (-500, -3300), (-2000, -3150), (-3200, -2750),
    (-4050, -1700), (-4150, 300),
)  # fmt: skip
RIVER: tuple[Xy, ...] = (
    (-4300, 700), (-3500, 950), (-2700, 350), (-1900, 150), (-1100, 620), (-300, 480),
    (300, -150), (1100, -420), (1800, 60), (2500, 150), (3200, -550), (4400, -700),
)  # fmt: skip
TOLL: tuple[Xy, ...] = (
    (-4250, 2050), (-2700, 2320), (-1000, 2420), (400, 2300), (1900, 2450), (3200, 2150),
    (4300, 2050),
)  # fmt: skip
ARTERIALS: tuple[tuple[str, str, tuple[Xy, ...]], ...] = (
    ("primary", "Jalan Pahlawan", (
        (-200, 3500), (-420, 2400), (-620, 1600), (-480, 900), (-300, 480), (-150, 0),
        (-220, -800), (-420, -1800), (-200, -3500))),
    ("primary", "Jalan Lingkar Timur", (
        (1450, 3400), (1750, 2440), (2050, 1600), (2350, 750), (2400, 140), (2250, -500),
        (2380, -1300), (2050, -2250), (2350, -3350))),
    ("secondary", "Jalan Lingkar Utara", (
        (-4250, 1150), (-2500, 1650), (-1300, 1500), (-620, 1600), (700, 1450), (2050, 1600),
        (3200, 1350), (4350, 1250))),
    ("secondary", "Jalan Lingkar Selatan", (
        (-4300, -1700), (-2350, -1950), (-1300, -1800), (-420, -1800), (900, -2100),
        (2050, -2250), (3900, -2380))),
    ("secondary", "Jalan Kebon Jati", (
        (-2800, 3250), (-2620, 2330), (-2500, 1650), (-2350, 1000), (-2450, 480))),
    ("secondary", "Jalan Sumber Waras", (
        (-2240, 110), (-2350, -600), (-2480, -1250), (-2350, -1950), (-2850, -3250))),
    ("tertiary", "Jalan Bukit Indah", (
        (830, 3500), (760, 2300), (700, 1450), (850, 600), (900, -250))),
    ("tertiary", "Jalan Sawah Luhur", ((3200, 2150), (3180, 1350), (3350, 500), (3150, -350))),
    ("tertiary", "Jalan Permata Raya", ((560, -900), (520, -1500), (600, -2000))),
    ("tertiary", "Jalan Mutiara Raya", ((1480, -1200), (1420, -1700), (1380, -2150))),
    ("tertiary", "Jalan Randu Alas", ((-1400, 1500), (-1500, 1000), (-1350, 700))),
    ("tertiary", "Jalan Gunung Sari", (
        (1600, 2900), (2400, 2780), (3200, 2650), (4000, 2750))),
    ("tertiary", "Jalan Buah Raya", ((-2750, 2780), (-1600, 2700), (-350, 2850))),
    ("tertiary", "Jalan Tanjung", ((3300, -1500), (3250, -1900), (3330, -2300))),
)  # fmt: skip
TRUNK: tuple[Xy, ...] = (
    (-4350, -760), (-3200, -560), (-2350, -640), (-1100, -820), (-220, -760), (600, -930),
    (1500, -1200), (2380, -1260), (3300, -1500), (4250, -1180),
)  # fmt: skip
ONE_WAY_PAIR: tuple[tuple[str, tuple[Xy, ...]], ...] = (
    ("Jalan Pasar Besar", ((-1050, 420), (-1080, -150), (-1020, -780))),
    ("Jalan Kauman", ((-760, -790), (-800, -200), (-740, 420))),
)
INTERCHANGES = ("Jalan Kebon Jati", "Jalan Lingkar Timur")
ESTATE_GATE: Xy = (520, -1480)
ESTATE_CENTRE: Xy = (980, -1560)
BANK_M, TOLL_SIDE_M, MEDIAN_M = 22.0, 9.0, 8.0
DUAL_FROM_TO: tuple[Xy, Xy] = ((-2350, -640), (2380, -1260))
"""Between these the main road has two carriageways."""

RIVERSIDE: tuple[tuple[str, float, float, float], ...] = (
    ("Jalan Tepi Kali Lor", 130, 60, 8750),
    ("Jalan Tepi Kali Kidul", -130, 2300, 7450),
)
"""Name, metres left of the river, first and last metre along it."""

MEETS_NOBODY = ("Jalan Raya Contoh",)
ATTACH_M = 260.0
"""A street this close to another ends on it."""

KAMPUNG: tuple[tuple[float, float, float, float], ...] = (
    (-1500, -1250, 420, 0.8), (-620, -1300, 330, 0.85), (-1600, -250, 380, 0.8),
    (120, -450, 330, 0.8), (150, -1450, 300, 0.85), (-900, 1050, 330, 0.8), (300, 950, 350, 0.85),
    (1500, 900, 340, 0.85), (1600, -600, 300, 0.85), (-2900, -1000, 300, 0.85),
    (-3000, 1150, 280, 0.85), (2900, 700, 280, 0.85), (2800, -1900, 300, 0.85),
    (-1500, -2500, 260, 0.9), (700, -2600, 260, 0.9), (-1500, 2050, 260, 0.9),
    (1300, 1950, 250, 0.9), (3300, 2600, 220, 1.0), (-3300, 1900, 220, 1.0),
    (-3300, -2150, 220, 1.0), (3500, -700, 230, 0.9),
)  # fmt: skip
"""Dense quarters: centre, radius, hectares of a block."""

NO_RIGHT_TURN: tuple[tuple[str, str], ...] = (
    ("Jalan Raya Contoh", "Jalan Pahlawan"),
    ("Jalan Pahlawan", "Jalan Tepi Kali Lor"),
    ("Jalan Lingkar Timur", "Jalan Lingkar Utara"),
)
"""Out of the first street into the second, from either side."""
