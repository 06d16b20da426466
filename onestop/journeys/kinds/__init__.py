"""The kinds of answer, one module each. `registry` finds them."""
