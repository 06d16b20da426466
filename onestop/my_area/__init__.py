"""My area: a household finds its address, and is told about its bins, its councillors and what is near."""
