"""The files that councils hold: AddressBase, LLPG, ONS postcodes, OS Open UPRN, GeoJSON."""
