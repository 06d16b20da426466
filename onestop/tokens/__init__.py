"""Bytes as text: one module an encoding."""
