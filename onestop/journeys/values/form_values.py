"""The values of a submitted form, by the name of the field."""

from collections.abc import Mapping

FormValues = Mapping[str, tuple[str, ...]]
"""By field name: "answer", "answer.day", "answer.at"; several values where several boxes were ticked."""
ANSWER = "answer"
DO = "do"
"""The field name of a question's other buttons, whose values are skip, thin, done, remove, resend."""
RESEND = "resend"

SIGN = "k"
"""The field name of the buttons that each add one sign to the text, or delete the last, where there is no script to do it."""
DELETE = "<"


def with_sign(values: FormValues) -> FormValues:
    """Return the values with the sign of the pressed button added to the text."""
    text, sign = first_value(values), first_value(values, SIGN)
    return {**values, ANSWER: (text[:-1] if sign == DELETE else text + sign,)}


def first_value(values: FormValues, name: str = ANSWER) -> str:
    """Return the first value of a field, or ""."""
    return next(iter(values.get(name, ())), "")
