"""What the planner tells a person, kept so that it can be told in another language."""

from collections.abc import Mapping


class Message(str):
    """An English sentence that remembers what it is made of; `say` makes one.

    Attributes
    ----------
    template
        The sentence with names in braces for its values; catalogues are looked up by it.
    values
        By name; those that are messages are told in the other language too, other text is data.
    """

    template: str
    values: Mapping[str, object]


def say(template: str, /, **values: object) -> Message:
    """A message with values in its braces, which may have formats: ``{gap:.2%}``."""
    message = Message(template.format(**values))
    message.template = template
    message.values = values
    return message


def msgid(text: str) -> str:
    """The text itself, marked as one that catalogues have, to be said later."""
    return text
