"""Files of addresses in the columns of AddressBase and of the LLPG, of a few rows each."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

CORE = (
    "uprn", "parent_uprn", "udprn", "usrn", "toid", "classification_code", "easting", "northing", "latitude", "longitude", "rpc",
    "last_update_date", "single_line_address", "po_box", "organisation", "sub_building", "building_name", "building_number",
    "street_name", "locality", "town_name", "post_town", "island", "postcode", "delivery_point_suffix", "gss_code",
    "change_code",
)  # fmt: skip
HOUSE = {
    "uprn": "100091000001", "usrn": "47200001", "classification_code": "RD03", "latitude": "52.95", "longitude": "-0.1",
    "single_line_address": "14A, QUAY STREET, EASTMERE, EM4 2QT", "building_number": "14A", "street_name": "QUAY STREET",
    "town_name": "EASTMERE", "postcode": "EM4 2QT", "change_code": "I",
}  # fmt: skip


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Mapping[str, str]], head: bool = True) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", quoting=csv.QUOTE_ALL)
        if head:
            writer.writeheader()
        writer.writerows(rows)
    return path


PLUS_HOUSE = {
    "uprn": "100091000003", "usrn": "47200001", "class": "RD06", "change_type": "I", "latitude": "52.95", "longitude": "-0.1",
    "sao_text": "GARDEN FLAT", "pao_start_number": "1", "pao_start_suffix": "A", "pao_end_number": "3",
    "street_description": "HEOL Y MÔR", "town_name": "EASTMERE", "postcode": "", "postcode_locator": "EM4 2QT", "ward_code": "E05099001",
}  # fmt: skip


def dtf_row(*values: str) -> str:
    return ",".join(f'"{value}"' for value in values)


def dtf_name(uprn: str, language: str, status: str, number: str, flat: str = "") -> str:
    return dtf_row(
        "24", "I", "1", uprn, "2099L1", language, status, "2001-01-01", "", "2001-01-01", "2001-01-01",
        "", "", "", "", flat, number, "", "", "", "", "47200001", "", "Y", "EM4 2QT", "EASTMERE", "Y",
    )  # fmt: skip


def dtf_property(uprn: str, use: str = "RD") -> str:
    return dtf_row(
        "21", "I", "1", uprn, "1", "2", "2001-01-01", use, "", "651409.90", "313177.27", "1", "2099", "2001-01-01", "",
        "2001-01-01", "2001-01-01", "", "E05099001", "",
    )  # fmt: skip
