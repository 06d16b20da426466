"""The longest texts an author may write in a journey's file, in characters."""

TITLE = 60
QUESTION = 140
MEMBER = 24
MEMBER_QUESTION = QUESTION - MEMBER - len(" 20 of 20: ")
"""The title of such a question begins with its member: "Child 2 of 3: "."""
OPTION = 70
HINT = 240
UNIT = 60
NOTE = 300
OUTCOME = 300
STOP = 600
