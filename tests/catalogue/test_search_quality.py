"""Search quality: the share of 60 realistic queries that find their service in the demonstration borough."""

from datetime import date
from pathlib import Path

from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.source.load import load

CONTENT = Path(__file__).parent.parent.parent / "content"
QUERIES = [
    ("missed bin", "/bins/missed-bin"),
    ("my bin was not collected", "/bins/missed-bin"),
    ("bins not emptied", "/bins/missed-bin"),
    ("collecting rubbish", "/bins/collection-days"),
    ("bin colection day", "/bins/collection-days"),
    ("when are bins collected", "/bins/collection-days"),
    ("christmas bins", "/bins/christmas-collections"),
    ("sofa removal", "/bins/bulky-waste"),
    ("mattres", "/bins/bulky-waste"),
    ("old fridge", "/bins/bulky-waste"),
    ("bulky", "/bins/bulky-waste"),
    ("needle", "/bins/clinical-waste"),
    ("medical waste", "/bins/clinical-waste"),
    ("dog poo", "/bins/dog-fouling"),
    ("dog mess", "/bins/dog-fouling"),
    ("fly tiping", "/bins/fly-tipping"),
    ("flytipping", "/bins/fly-tipping"),
    ("dumped rubbish", "/bins/fly-tipping"),
    ("food caddy", "/bins/food-waste"),
    ("garden wast", "/bins/garden-waste"),
    ("gardening", "/bins/garden-waste"),
    ("paint disposal", "/bins/hazardous-waste"),
    ("bigger bin", "/bins/larger-bin"),
    ("recyling centre", "/bins/recycling-centre"),
    ("tip", "/bins/recycling-centre"),
    ("recycle", "/bins/recycling-guide"),
    ("street sweeping", "/bins/street-cleaning"),
    ("adoption", "/care/fostering"),
    ("become a foster carer", "/care/fostering"),
    ("marriage", "/care/get-married"),
    ("married", "/care/get-married"),
    ("wedding", "/care/get-married"),
    ("new baby", "/care/register-a-birth"),
    ("birth registration", "/care/register-a-birth"),
    ("registering a death", "/care/register-a-death"),
    ("regsiter death", "/care/register-a-death"),
    ("child abuse", "/care/child-protection"),
    ("safeguarding", "/care/child-protection"),
    ("looking after my mother", "/care/carers"),
    ("carer", "/care/carers"),
    ("heating help", "/care/warm-home"),
    ("pothole", "/roads/pothole"),
    ("potholes in road", "/roads/pothole"),
    ("poth0le", "/roads/pothole"),
    ("gritting", "/roads/gritting"),
    ("gritted roads", "/roads/gritting"),
    ("icy roads", "/roads/gritting"),
    ("parking permits", "/roads/parking-permit"),
    ("park permit", "/roads/parking-permit"),
    ("parkng fine", "/roads/pay-parking-fine"),
    ("street light broken", "/roads/street-light"),
    ("streetlights", "/roads/street-light"),
    ("councl tax", "/council-tax/pay-council-tax"),
    ("paying council tax", "/council-tax/pay-council-tax"),
    ("complaining", "/have-your-say/complain"),
    ("complaint", "/have-your-say/complain"),
    ("libary", "/leisure/libraries"),
    ("libraries", "/leisure/libraries"),
    ("school admision", "/schools/apply-primary"),
    ("planning aplication", "/planning/find-an-application"),
]


def test_most_queries_have_their_service_among_the_first_three() -> None:
    """55 of 60, and 45 are the first. Without stems it was 52 and 43."""
    catalogue = load(CONTENT, date(2026, 11, 27)).catalogue
    assert catalogue
    index = SearchIndex.build(catalogue, "en")
    places = {query: [found.address for found in index.find(query)] for query, _ in QUERIES}
    missed = [query for query, address in QUERIES if address not in places[query][:3]]
    first = [query for query, address in QUERIES if places[query][:1] == [address]]
    assert len(missed) <= 5, missed
    assert len(first) >= 45
    assert index.find("collecting rubbish"), "another form of a word of the catalogue"
