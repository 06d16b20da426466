"""An Open311 GeoReport v2 server: other programs report through journeys, and ask for the status."""
