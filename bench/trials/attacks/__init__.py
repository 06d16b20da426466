"""What strangers send: each attack is one round that is repeated until the trial ends."""
