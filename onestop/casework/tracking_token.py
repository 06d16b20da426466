"""What the text of a token in an address of the tracking pages begins with: it says what follows it, and what its page may show."""

OF_REFERENCE, OF_CASE, OF_FOLLOWED = "reference ", "case ", "followed "
"""A reference whose second fact is asked for; a case, for who sent it; a case, for somebody who follows another's report."""
TRACKED = "tracking"
"""The purpose of these tokens: no page of another room accepts them."""
