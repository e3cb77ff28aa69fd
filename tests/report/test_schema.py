import copy
import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, ValidationError

from translate.report import schema
from translate.report.names import SEVEN


@pytest.fixture(scope="module")
def shipped():
    return json.loads(files("translate.report").joinpath("results.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(results):
    return json.loads(results.to_json())


def test_the_file_is_what_the_types_say():
    assert schema.PATH.read_text(encoding="utf-8") == schema.text(), "python -m translate.report.schema writes it anew"


def test_real_results_are_valid(found, shipped):
    Draft202012Validator.check_schema(shipped)
    Draft202012Validator(shipped).validate(found)
    for claim in found["claims"]:
        low, high = claim["interval"]
        assert claim["n"] == 0 or low <= claim["estimate"] <= high
        assert set(claim["failed_controls"]) <= set(claim["controls"])
    assert {claim["id"] for claim in found["claims"] if claim["side"] != "model"} <= set(SEVEN)
    assert "NaN" not in json.dumps(found)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found["claims"][0].pop("estimate"),
        lambda found: found["claims"][0].update(verdict="proved"),
        lambda found: found["claims"][0].update(side="left"),
        lambda found: found["accuracy"].update(agreement=1.0),
        lambda found: found.update(more=1),
        lambda found: found.pop("readings"),
    ],
)
def test_wrong_results_are_not(found, shipped, spoil):
    wrong = copy.deepcopy(found)
    spoil(wrong)
    with pytest.raises(ValidationError):
        Draft202012Validator(shipped).validate(wrong)
