"""The office at the top and at the foot of its papers."""

from planner.analysis.itinerary import Itinerary
from planner.render.escape import to_line

LINE_LENGTH = 110


def letterhead(itinerary: Itinerary) -> dict[str, str]:
    """Name, address and telephone on one line, and of which version of the plan the paper is."""
    office = itinerary.horizon.district.office
    reached = " · ".join(filter(None, (office.address, office.phone)))
    return {
        "name": to_line(office.name, LINE_LENGTH),
        "reached": to_line(reached, LINE_LENGTH),
        "version": version_line(itinerary),
    }


def version_line(itinerary: Itinerary) -> str:
    """Week and number of the version of the plan; empty where it was never saved."""
    words = itinerary.horizon.district.office.words
    if itinerary.version is None:
        return ""
    return words("{week}, version {n}", week=itinerary.horizon.week, n=itinerary.version)


def signer(itinerary: Itinerary) -> dict[str, str]:
    """Who signs; what the settings leave out is blank."""
    office = itinerary.horizon.district.office
    return {
        "post": to_line(office.signer_post, 50),
        "name": to_line(office.signer, 50),
        "nip": to_line(office.signer_nip, 50),
    }
