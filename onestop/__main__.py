"""`python -m onestop`: the same as the `onestop` command."""

import sys

from onestop.launch import main

if __name__ == "__main__":
    sys.exit(main())
