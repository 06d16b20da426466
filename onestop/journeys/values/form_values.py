"""The values of a submitted form, by the name of the field."""

from collections.abc import Mapping

FormValues = Mapping[str, tuple[str, ...]]
"""By field name: "answer", "answer.day", "answer.at"; several values where several boxes were ticked."""
ANSWER = "answer"
DO = "do"
"""The field name of a question's other buttons, whose values are skip, thin, done, remove."""


def first_value(values: FormValues, name: str = ANSWER) -> str:
    """Return the first value of a field, or ""."""
    return next(iter(values.get(name, ())), "")
