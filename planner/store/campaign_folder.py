"""A campaign as it lies in the folder of a district, to be gone on with."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner import formats
from planner.plan import Result

CAMPAIGN = "campaign"
INDEX = "campaign.json"
FORMAT = "planner-campaign/1"
NEEDED = {"made_of", "district", "from", "goal", "least_weekends", "done", "weeks"}
"""What other runs go on from."""


@dataclass(frozen=True, slots=True)
class CampaignFolder:
    """The weekends of a campaign, each a plan of its own.

    Attributes
    ----------
    path
        ``campaign`` of the district folder; need not exist.
    """

    path: Path

    @classmethod
    def of_district(cls, district_folder: Path) -> "CampaignFolder":
        """Where the campaign of a district lies."""
        return cls(district_folder / CAMPAIGN)

    def plan_file(self, week: str) -> Path:
        """The ``planner-plan/1`` file of a weekend; need not exist."""
        return self.path / f"{week}.json"

    def read(self) -> Mapping[str, Any] | None:
        """What the index says; None where it is none, damaged, or of another version."""
        try:
            index = json.loads((self.path / INDEX).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(index, dict) or index.get("format") != FORMAT:
            return None
        return index if index.keys() >= NEEDED else None

    def read_result(self, week: str) -> Result:
        """The plan of a weekend.

        Raises
        ------
        InputError
            Where it cannot be read.
        """
        return formats.read_result(self.plan_file(week))[0]

    def remove_all_but(self, weeks: Collection[str]) -> None:
        """Take away plans of weekends that an earlier campaign had."""
        for path in self.path.glob("*-W*.json"):
            if path.stem not in weeks:
                path.unlink(missing_ok=True)


def campaign_files(
    index: Mapping[str, Any], results: Sequence[tuple[str, Result]]
) -> dict[str, bytes]:
    """The index and the plans, by file name; the same campaign gives the same bytes."""
    text = json.dumps({"format": FORMAT, **index}, indent=1, ensure_ascii=False)
    plans = {f"{week}.json": formats.plan_bytes(result) for week, result in results}
    return {INDEX: f"{text}\n".encode(), **plans}
