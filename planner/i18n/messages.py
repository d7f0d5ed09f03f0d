"""What the planner tells a person, kept so that it can be told in another language."""

from collections.abc import Iterable, Mapping
from functools import reduce


class Message(str):
    """An English sentence that remembers what it is made of; `say` and `say_n` make one.

    Attributes
    ----------
    template
        The sentence with names in braces for its values; catalogues are looked up by it.
    plural
        The sentence for other counts than one; None where it does not count.
    values
        By name; those that are messages are told in the other language too, other text is data.
    """

    template: str
    plural: str | None
    values: Mapping[str, object]


def say(template: str, /, **values: object) -> Message:
    """A message with values in its braces, which may have formats: ``{gap:.2%}``."""
    return _message(template, template, None, values)


def say_n(singular: str, plural: str, /, n: int, **values: object) -> Message:
    """A message that counts ``{n}`` things: in English one of two sentences."""
    return _message(singular if n == 1 else plural, singular, plural, {"n": n, **values})


def join_messages(messages: Iterable[str]) -> str:
    """Messages behind one another, with commas; none make an empty text."""
    parts = list(messages)
    return reduce(_join_two, parts) if parts else ""


def _join_two(first: str, second: str) -> Message:
    return say("{first}, {second}", first=first, second=second)


def msgid(text: str) -> str:
    """The text itself, marked as one that catalogues have, to be said later."""
    return text


def _message(
    english: str, template: str, plural: str | None, values: Mapping[str, object]
) -> Message:
    message = Message(english.format(**values))
    message.template, message.plural, message.values = template, plural, values
    return message
