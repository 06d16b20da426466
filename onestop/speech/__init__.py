"""How a screen sounds: what is said of it, who says it, and where the sound is kept. Knows no device and no HTTP."""
