"""Who plans, and how it speaks."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from planner.i18n.words import Words

HOURS_EAST = {"WIB": 7, "WITA": 8, "WIT": 9}
"""Time zones by their hours east of Greenwich; Indonesia has no summer time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who plans, and how it speaks.

    Attributes
    ----------
    code
        Kemendagri code of the kabupaten or kota, such as ``31.71``.
    timezone
        ``WIB``, ``WITA`` or ``WIT``.
    language
        ``id`` or ``en``.
    service_days
        Weekdays planned for, Monday 0 to Sunday 6.
    government, logo, address, phone
        Of its letterhead; the logo is a file in the folder.
    signer_post, signer, signer_nip
        Who signs its letters: post, name and NIP; blank where it is filled in by hand.
    """

    name: str
    code: str
    timezone: str
    language: str
    service_days: tuple[int, ...]
    government: str = ""
    logo: str = ""
    address: str = ""
    phone: str = ""
    signer_post: str = ""
    signer: str = ""
    signer_nip: str = ""

    @property
    def words(self) -> Words:
        """The words it reads."""
        return Words(language=self.language, timezone=self.timezone)

    def clock(self, moment: datetime) -> datetime:
        """A moment, given with a time zone, as clocks at the office show it."""
        return moment.astimezone(timezone(timedelta(hours=HOURS_EAST[self.timezone])))
