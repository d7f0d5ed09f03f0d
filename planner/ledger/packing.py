"""Imports and publications as rows hold them: JSON, packed."""

import json
import zlib
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from planner.backlog import Counts, Group, Publication, PublishedStop, SiteDemand, UnitCount


def pack_counts(counts: Counts) -> bytes:
    """The units of an import."""
    return _pack(
        {
            unit: {name: told for name, told in asdict(count).items() if told is not None}
            for unit, count in sorted(counts.units.items())
        }
    )


def unpack_counts(as_of: date, units: bytes) -> Counts:
    """The import of a day."""
    content = _unpack(units)
    return Counts(as_of=as_of, units={unit: UnitCount(**count) for unit, count in content.items()})


def pack_publication(publication: Publication) -> bytes:
    """A version sent out."""
    content = asdict(publication)
    for stop in content["stops"]:
        stop["day"] = stop["day"].isoformat()
    return _pack(content)


def unpack_publication(packed: bytes) -> Publication:
    """The version that was packed."""
    content = _unpack(packed)
    return Publication(
        week=content["week"],
        version=content["version"],
        stops=tuple(
            PublishedStop(**stop | {"day": date.fromisoformat(stop["day"])})
            for stop in content["stops"]
        ),
        sites={place: SiteDemand(**site) for place, site in content["sites"].items()},
        groups={name: Group(**group) for name, group in content["groups"].items()},
    )


def digest(packed: bytes) -> str:
    """Fingerprint of what was packed, as hexadecimal digits."""
    return sha256(zlib.decompress(packed)).hexdigest()


def _pack(content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode())


def _unpack(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))
