"""Every manoeuvre in words. Left is kiri, right is kanan, also where one drives on the left."""

from collections.abc import Mapping

from planner.travel.interface import Manoeuvre, Step

_COMPASS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "utara",
        "timur laut",
        "timur",
        "tenggara",
        "selatan",
        "barat daya",
        "barat",
        "barat laut",
    ),
    "en": ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"),
}

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

_PHRASES: Mapping[str, Mapping[Manoeuvre, str]] = {
    "id": {
        Manoeuvre.DEPART: "Berangkat ke arah {compass}[ lewat {street}]",
        Manoeuvre.STRAIGHT: "Lurus terus[ ke {street}]",
        Manoeuvre.SLIGHT_LEFT: "Serong kiri[ ke {street}]",
        Manoeuvre.LEFT: "Belok kiri[ ke {street}]",
        Manoeuvre.SHARP_LEFT: "Belok tajam ke kiri[ ke {street}]",
        Manoeuvre.SLIGHT_RIGHT: "Serong kanan[ ke {street}]",
        Manoeuvre.RIGHT: "Belok kanan[ ke {street}]",
        Manoeuvre.SHARP_RIGHT: "Belok tajam ke kanan[ ke {street}]",
        Manoeuvre.TURN_ROUND: "Putar balik[ ke {street}]",
        Manoeuvre.ROUNDABOUT: "Di bundaran ambil jalan keluar ke-{exit}[ ke {street}]",
        Manoeuvre.ENTER_TOLL_ROAD: "Masuk jalan tol[ {street}]",
        Manoeuvre.LEAVE_TOLL_ROAD: "Keluar dari jalan tol[ ke {street}]",
        Manoeuvre.ARRIVE: "Tiba di tujuan",
        Manoeuvre.ARRIVE_LEFT: "Tiba, tujuan di sebelah kiri",
        Manoeuvre.ARRIVE_RIGHT: "Tiba, tujuan di sebelah kanan",
    },
    "en": {
        Manoeuvre.DEPART: "Head {compass}[ on {street}]",
        Manoeuvre.STRAIGHT: "Go straight on[ to {street}]",
        Manoeuvre.SLIGHT_LEFT: "Bear left[ onto {street}]",
        Manoeuvre.LEFT: "Turn left[ onto {street}]",
        Manoeuvre.SHARP_LEFT: "Turn sharp left[ onto {street}]",
        Manoeuvre.SLIGHT_RIGHT: "Bear right[ onto {street}]",
        Manoeuvre.RIGHT: "Turn right[ onto {street}]",
        Manoeuvre.SHARP_RIGHT: "Turn sharp right[ onto {street}]",
        Manoeuvre.TURN_ROUND: "Turn round[ onto {street}]",
        Manoeuvre.ROUNDABOUT: "At the roundabout take the {ordinal} exit[ onto {street}]",
        Manoeuvre.ENTER_TOLL_ROAD: "Enter the toll road[ {street}]",
        Manoeuvre.LEAVE_TOLL_ROAD: "Leave the toll road[ onto {street}]",
        Manoeuvre.ARRIVE: "Arrive",
        Manoeuvre.ARRIVE_LEFT: "Arrive, on the left",
        Manoeuvre.ARRIVE_RIGHT: "Arrive, on the right",
    },
}
"""What stands in brackets is said only where the street has a name."""


def instruction_text(step: Step, language: str) -> str:
    """A step as a driver reads it, in ``id`` or ``en``, without a full stop."""
    phrase = _PHRASES[language][step.manoeuvre]
    always, _, named = phrase.partition("[")
    said = always + (named.rstrip("]") if step.street else "")
    points = _COMPASS[language]
    ordinal = _ORDINALS[step.exit - 1] if 0 < step.exit <= len(_ORDINALS) else f"{step.exit}th"
    return said.format(
        street=step.street,
        compass=points[round(step.heading / 45) % len(points)],
        exit=step.exit,
        ordinal=ordinal,
    )
