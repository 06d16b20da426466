"""The adapter layer: one package a channel, found by the registry, none of them special."""
