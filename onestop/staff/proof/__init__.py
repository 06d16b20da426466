"""How an officer proves who they are: passwords, codes, passkeys, known browsers, and the limits of attempts."""
