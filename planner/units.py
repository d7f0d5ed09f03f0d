"""Units of time and length, and the whole-number arithmetic of a stop."""

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86400
KM_M = 1000


def service_s(people: int, seconds_per_person: int, kits: int) -> int:
    """Seconds to record so many people with so many kits at work, rounded up."""
    return -(-people * seconds_per_person // kits)


def people_in(duration_s: int, seconds_per_person: int, kits: int) -> int | None:
    """People that can be recorded in so many seconds; None = no limit, service takes no time."""
    if seconds_per_person == 0:
        return None
    return max(0, duration_s) * kits // seconds_per_person


def iso_clock(time_s: int) -> str:
    """A time of day as data has it in every language: ``10:15``."""
    minutes = time_s // MINUTE_S
    return f"{minutes // 60:02}:{minutes % 60:02}"


def overlap_s(first: tuple[int, int], second: tuple[int, int]) -> int:
    """Seconds that two intervals share; 0 where they only touch."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))
