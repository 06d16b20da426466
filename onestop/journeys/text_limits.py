"""The longest texts an author may write in a journey's file, in characters."""

TITLE = 60
QUESTION = 140
OPTION = 70
HINT = 240
UNIT = 60
NOTE = 300
OUTCOME = 300
STOP = 600
