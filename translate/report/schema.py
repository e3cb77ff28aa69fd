"""The schema of `results.json`, told from the results' own types.

`python -m translate.report.schema` writes the file that ships.
"""

from pathlib import Path
from typing import Any

from translate import records
from translate.lab.verdicts.claim import to_record
from translate.lab.verdicts.results import FORMAT, LATER, Results
from translate.records import to_json

PATH = Path(__file__).with_name("results.schema.json")


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of what `Results.to_json` writes."""
    described = records.schema(Results)
    parts = described["$defs"]
    claim, number = parts["Claim"]["properties"], parts["Estimate"]["properties"]
    flat = to_record(claim | {"estimate": number})
    flat["interval"] = {"type": "array", "items": number["low"], "minItems": 2, "maxItems": 2}
    parts["Claim"] |= {"properties": flat, "required": list(flat)}
    whole = parts.pop("Results")
    whole["properties"] = {"format": {"const": FORMAT}} | whole["properties"]
    whole["required"] = ["format", *(name for name in whole["required"] if name not in LATER)]
    title = "results.json of `translate probe`"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | whole | {"title": title, "$defs": parts}


def text() -> str:
    """The schema as it stands in the file."""
    return to_json(schema())


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
