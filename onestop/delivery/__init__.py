"""How a case reaches the desks that deal with it."""
