"""The language of OpenStreetMap's values: lists, yes and no, sizes with units.

After the wiki's pages Key:access, Key:oneway, Key:maxspeed, Map features/Units and Conditional
restrictions. What is not understood counts as not said; `unread_tags` names it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

Tags = Mapping[str, str]

OPEN = frozenset(
    {"yes", "true", "1", "designated", "official", "permissive", "public", "destination"}
    | {"customers", "discouraged"}
)
"""Values of access that let vans in."""

CLOSED = frozenset(
    {"no", "false", "0", "private", "agricultural", "forestry", "military", "emergency"}
    | {"delivery", "permit", "bus", "psv", "use_sidepath", "residents"}
)
"""Values of access that keep vans out."""

YES, NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})
BACKWARD, REVERSIBLE = frozenset({"-1", "reverse"}), frozenset({"reversible"})

LIFECYCLE = (
    *("construction", "proposed", "planned", "disused", "abandoned", "ruins"),
    *("removed", "razed", "demolished"),
)
"""Keys that say, by ``yes``, that a way is not, or no longer, to be used."""

MODES = ("motorcar", "hgv", "goods", "motor_vehicle", "vehicle", "access")
"""Keys of access that some class of van heeds."""

DIRECTIONS = ("forward", "backward")

SIZES = ("width", "maxwidth", "maxheight", "maxweight", "maxweightrating")

_UNKNOWN_SIZES = frozenset({"maxlength", "maxaxleload", "maxgcweight"})
"""Keys of sizes of which nothing is known of a van."""

_OTHERS = ("oneway", "maxspeed", "motorroad")
_TEXTS = frozenset({"name", "ref"})
_NO_ANSWER = frozenset({"unknown", "fixme", ""})
_NO_SIZE = _NO_ANSWER | {
    *("default", "none", "no_sign", "unsigned", "no_indications", "below_default", "no"),
}
_NO_SPEED = _NO_ANSWER | {"none", "walk", "signals", "variable", "national", "no_sign"}
_ZONE = re.compile(r"[a-z]{2}(?:-[a-z]{2,3})?:[\w:]+")
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_FEET = re.compile(rf"{_NUMBER}\s*(?:'|ft|feet)\s*(?:{_NUMBER}\s*(?:\"|''|in|inch|inches)?)?")
_INCHES = re.compile(rf"{_NUMBER}\s*(?:\"|''|in|inches)")
_MEASURE = re.compile(rf"{_NUMBER}\s*([a-z/]*)")
_QUOTES = str.maketrans({"\u2032": "'", "\u2019": "'", "\u2033": '"', "\u201d": '"'})
_FOOT_M, _INCH_M = 0.3048, 0.0254
_METRES = dict.fromkeys(("", "m", "metre", "metres", "meter", "meters"), 1.0)
_METRES |= {"cm": 0.01, "mm": 0.001, "km": 1_000.0}
_TONNES = dict.fromkeys(("", "t", "ton", "tons", "tonne", "tonnes"), 1.0)
_TONNES |= {"kg": 0.001, "lbs": 0.000_453_592, "lb": 0.000_453_592, "st": 0.907_185, "lt": 1.016_05}
_KMH = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609_344, "knots": 1.852}
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_ISO = re.compile(r"pt(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def clean_tags(tags: Tags) -> dict[str, str]:
    """Tags with values in lower case and without blanks around them; names as they are."""
    return {key: text if key in _TEXTS else text.strip().lower() for key, text in tags.items()}


def listed(text: str) -> list[str]:
    """The values of a list such as ``private;delivery``."""
    return [part.strip() for part in text.split(";")]


@lru_cache(1_024)
def read_access(text: str) -> bool | None:
    """Whether a value of access lets vans in: one value of a list is enough; None = not said."""
    values = {*listed(text)}
    if values & OPEN:
        return True
    return False if values & CLOSED else None


@lru_cache(1_024)
def read_size(key: str, text: str) -> float | None:
    """The least of the sizes listed, in metres, or for weights in tonnes; None = not said."""
    read = _tonnes if key.startswith("maxweight") else _metres
    sizes = [size for part in listed(text) if (size := read(part)) is not None]
    return min(sizes, default=None)


@lru_cache(1_024)
def read_speed_kmh(text: str) -> float | None:
    """The least of the speeds listed, above 0; None = not said."""
    speeds = [_measured(part, _KMH) for part in listed(text)]
    return min((speed for speed in speeds if speed), default=None)


def read_duration_s(text: str) -> float | None:
    """Seconds of a duration: ``mm``, ``hh:mm``, ``hh:mm:ss`` or as in ISO 8601; None = not said."""
    if text.isascii() and text.isdigit():
        return 60.0 * int(text) or None
    match = _CLOCK.fullmatch(text) or _ISO.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float((hours * 60 + minutes) * 60 + seconds) or None


def unread_tags(tags: Tags) -> Iterator[str]:
    """Tags that speak of who may use a way, in words that are not understood: ``key=value``.

    Those with conditions, such as ``access:conditional``, and speeds of some vehicles alone are
    named without their value.
    """
    for key, text in tags.items():
        base, *suffixes = key.split(":")
        if key == "highway" and ";" in text:
            yield f"{key}={text}"
        if base not in {*MODES, *SIZES, *_UNKNOWN_SIZES, *LIFECYCLE, *_OTHERS}:
            continue
        if "conditional" in suffixes or (base == "maxspeed" and {*suffixes} & {*MODES}):
            yield key
        elif not {*suffixes} <= {*MODES, *DIRECTIONS, "physical"}:
            continue
        elif not _is_understood(base, text):
            yield f"{key}={text}"


def _is_understood(base: str, text: str) -> bool:
    if base in _UNKNOWN_SIZES:
        return False
    if base in MODES:
        return text in _NO_ANSWER or read_access(text) is not None
    if base in SIZES:
        return text in _NO_SIZE or read_size(base, text) is not None
    if base == "maxspeed":
        is_word = text in _NO_SPEED or _ZONE.fullmatch(text) is not None
        return is_word or read_speed_kmh(text) is not None
    if base == "oneway":
        return text in YES | NO | BACKWARD | REVERSIBLE | _NO_ANSWER | {"alternating"}
    return base in LIFECYCLE or text in YES | NO


def _metres(text: str) -> float | None:
    text = text.translate(_QUOTES)
    feet = _FEET.fullmatch(text)
    if feet:
        return _number(feet[1]) * _FOOT_M + _number(feet[2] or "0") * _INCH_M
    inches = _INCHES.fullmatch(text)
    return _number(inches[1]) * _INCH_M if inches else _measured(text, _METRES)


def _tonnes(text: str) -> float | None:
    return _measured(text, _TONNES)


def _measured(text: str, units: Mapping[str, float]) -> float | None:
    match = _MEASURE.fullmatch(text)
    if not match or match[2] not in units:
        return None
    return _number(match[1]) * units[match[2]]


def _number(text: str) -> float:
    return float(text.replace(",", "."))
