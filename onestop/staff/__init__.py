"""Officers, their roles, how they sign in, and the pages below /desk/ that need one."""
