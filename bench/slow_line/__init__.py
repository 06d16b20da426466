"""How long screens take to appear over a slow line that loses packets."""
