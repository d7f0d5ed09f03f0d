"""A campaign as it lies in the folder of a district, to be gone on with."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner import formats
from planner.errors import input_error
from planner.i18n.messages import say
from planner.plan import Result
from planner.store.atomic import remove, write_files

CAMPAIGN = "campaign"
ALONE = "alone"
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

    @property
    def beside(self) -> "CampaignFolder":
        """Where a way lies that is planned for comparison, until both are compared."""
        return CampaignFolder(self.path / ALONE)

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

    def read_result(self, week: str, digest: str = "") -> Result:
        """The plan of a weekend.

        Parameters
        ----------
        digest
            Of its file, where it has to be a certain one.

        Raises
        ------
        InputError
            Where it cannot be read, or is another one.
        """
        path = self.plan_file(week)
        if digest and path.exists() and _digest(path.read_bytes()) != digest:
            raise input_error(str(path), say("is of another campaign"), say("plan anew"))
        return formats.read_result(path)[0]

    def write(
        self,
        index: Mapping[str, Any],
        results: Sequence[tuple[str, Result]],
        others: Mapping[str, bytes],
    ) -> None:
        """The plans, and then the index, each in one step; the same campaign, the same bytes.

        Who is killed meanwhile leaves the old index, or the new one.

        Parameters
        ----------
        index
            Its ``weeks`` are those of the plans; the digest of the file is added to each.
        others
            Content by file name.
        """
        plans = {week: formats.plan_bytes(result) for week, result in results}
        weeks = [{**entry, "digest": _digest(plans[entry["week"]])} for entry in index["weeks"]]
        text = json.dumps({"format": FORMAT, **index, "weeks": weeks}, indent=1, ensure_ascii=False)
        for week, content in plans.items():
            path = self.plan_file(week)
            if not path.exists() or path.read_bytes() != content:
                write_files(self.path, {path.name: content})
        for name, content in {**others, INDEX: f"{text}\n".encode()}.items():
            write_files(self.path, {name: content})

    def remove(self) -> None:
        """Take it away with all that is in it."""
        if self.path.exists():
            remove(self.path)

    def remove_all_but(self, weeks: Collection[str]) -> None:
        """Take away plans of weekends that an earlier campaign had."""
        for path in self.path.glob("*-W*.json"):
            if path.stem not in weeks:
                path.unlink(missing_ok=True)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]
