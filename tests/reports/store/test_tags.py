from __future__ import annotations

import json

from tests.reports.store.conftest import Made

from hongxian.reports.store.tags import render


def test_catalogues_get_a_tag_per_type_and_the_grade(made: Made) -> None:
    data = json.loads(render(*made, "en"))
    labels = {one["fullyQualifiedName"]: one["tags"] for one in data["openmetadata"]}
    tags = labels['"u.csv".id_card']
    assert [one["tagFQN"] for one in tags] == [
        "PersonalInformation.identity_doc_number",
        "DataGrade.G4",
    ]
    assert tags[0]["state"] == "Confirmed"
    proposals = {one["entityUrn"]: one["aspect"]["tags"] for one in data["datahub"]}
    urn = "urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:csv,u.csv,PROD),id_card)"
    assert proposals[urn] == [
        {"tag": "urn:li:tag:pi.identity.doc_number"},
        {"tag": "urn:li:tag:grade.4"},
    ]
