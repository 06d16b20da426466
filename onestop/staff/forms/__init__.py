"""The forms of officers: sign-in, its steps, and their account."""
