"""The office at the top and at the foot of its papers."""

from planner.analysis.itinerary import Itinerary
from planner.district import District
from planner.render.escape import to_line
from planner.render.html import encode_base64, fill_template
from planner.render.typesetting import Verbatim

LINE_LENGTH = 110


def letterhead(district: District, version: str) -> dict[str, str]:
    """Government, logo, name, how to reach it, and of which version of the plan the paper is."""
    office = district.office
    reached = " · ".join(filter(None, (office.address, office.phone)))
    return {
        "government": to_line(office.government, LINE_LENGTH).upper(),
        "logo": _logo(district.logo),
        "name": to_line(office.name, LINE_LENGTH),
        "reached": to_line(reached, LINE_LENGTH),
        "version": version,
    }


def _logo(picture: bytes) -> Verbatim:
    """A picture as an SVG that is as wide as high; empty where there is none."""
    if not picture:
        return Verbatim("")
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    return Verbatim(fill_template("logo.svg", kind=kind, data=encode_base64(picture)))


def signer(itinerary: Itinerary) -> dict[str, str]:
    """Who signs; what the settings leave out is blank."""
    office = itinerary.horizon.district.office
    return {
        "post": to_line(office.signer_post, 50),
        "name": to_line(office.signer, 50),
        "nip": to_line(office.signer_nip, 50),
    }
