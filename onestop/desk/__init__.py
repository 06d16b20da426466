"""The desk: officers list the cases of their teams, work on them and close them."""
