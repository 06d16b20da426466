"""The channels: one package for each kind of device. The registry finds them; the rest of the program names none."""
