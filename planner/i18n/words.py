"""What the office reads, in its language: messages, dates, times and numbers.

Messages stand in the code in English; ``locale/id.po`` has all of them in Indonesian, and
``locale/en.po`` those that offices everywhere write in Indonesian, as the states of a permission.
What a catalogue does not have is told as it stands in the code.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from string import Formatter

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from planner.i18n.messages import Message
from planner.units import MINUTE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Speaks one language; ``words("Stops")`` is that message in it.

    Attributes
    ----------
    language
        One of `planner.i18n.language.LANGUAGES`.
    timezone
        Printed behind hours: ``WIB``, ``WITA`` or ``WIT``.
    """

    language: str
    timezone: str = ""

    def __call__(self, message: str, **values: object) -> str:
        """A message with values in its braces."""
        return self._template(message).format(**values)

    def translate(self, text: str) -> str:
        """A message in this language; text that is none is data, and stays."""
        if not isinstance(text, Message):
            return text
        values = {name: self._value(value) for name, value in text.values.items()}
        template = self._template(text.template, text.plural, text.values.get("n"))
        formatter = _DecimalComma() if self.language == "id" else Formatter()
        return formatter.vformat(template, (), values)

    def _value(self, value: object) -> object:
        """A value of a message in this language."""
        if isinstance(value, DayHours):
            return value.told(self)
        return self.translate(value) if isinstance(value, str) else value

    def number_of(self, singular: str, plural: str, /, n: int) -> str:
        """Things counted in a message with ``{n}``: ``1,250 people``, ``1 person``."""
        return self._template(singular, plural, n).format(n=self.number(n))

    def clock(self, time_s: int) -> str:
        """Time of day to the nearest minute: ``08.00`` or ``08:00``."""
        minutes = (time_s + MINUTE_S // 2) // MINUTE_S
        separator = "." if self.language == "id" else ":"
        return f"{minutes // 60:02}{separator}{minutes % 60:02}"

    def hours(self, from_s: int, until_s: int) -> str:
        """From one time to another, with the time zone: ``08.00-10.30 WIB``."""
        return f"{self.clock(from_s)}\N{EN DASH}{self.clock(until_s)} {self.timezone}".rstrip()

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the language's thousands and decimal signs."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, pattern, locale=self.language)

    def long_date(self, day: date) -> str:
        """Weekday, day, month in words, year."""
        return format_date(day, "EEEE, d MMMM y", locale=self.language)

    def letter_date(self, day: date) -> str:
        """Day, month in words, year, as on letters."""
        return format_date(day, "d MMMM y", locale=self.language)

    def month(self, day: date) -> str:
        """Month in words and year."""
        return format_date(day, "MMMM y", locale=self.language)

    def short_date(self, day: date) -> str:
        """Short weekday and day: ``Sab 28/11``."""
        return format_date(day, "EEE d/M", locale=self.language)

    def _template(self, message: str, plural: str | None = None, n: object = None) -> str:
        catalogue = load_catalogue(self.language)
        if plural is not None and isinstance(n, int):
            return catalogue.ngettext(message, plural, n)
        # The translation of an empty text would be the header of the catalogue.
        return message and catalogue.gettext(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHours:
    """A date with hours in a message, told as the language of whoever hears it writes them."""

    day: date
    from_s: int
    until_s: int
    timezone: str = ""

    def told(self, words: Words) -> str:
        """As ``Sat 28/11 08:00-10:30 WIB``."""
        hours = replace(words, timezone=self.timezone).hours(self.from_s, self.until_s)
        return f"{words.short_date(self.day)} {hours}"

    def __str__(self) -> str:
        return self.told(Words(language="en"))


class _DecimalComma(Formatter):
    """Writes ``{gap:.2%}`` as ``1,25%``."""

    def format_field(self, value: object, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return text.replace(".", ",") if isinstance(value, float) else text


@cache
def load_catalogue(language: str) -> GNUTranslations:
    """The messages of a language by their English texts."""
    path = files("planner.i18n").joinpath("locale", f"{language}.po")
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(path.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
