"""Serves the flight-delays model, one by one behind an endpoint and in bulk in batch transform.

application/json        {"instances": [{features}, ...]}  ->  {"predictions": [{"probability": p}, ...], "model", "contract"}
application/jsonlines   one {features} a line             ->  one {"probability": p} a line

Features come by name. The model's contract.json says which it wants, and in which order; others are ignored.
"""

import json
import os
from pathlib import Path

import joblib
import numpy as np

JSON = "application/json"
JSON_LINES = "application/jsonlines"


def model_fn(model_dir):
    contract = json.loads(Path(model_dir, "contract.json").read_text())
    return {
        "classifier": joblib.load(Path(model_dir, "model.joblib")),
        "features": [feature["name"] for feature in contract["features"]],
        "contract": contract["hash"],
    }


def input_fn(body, content_type):
    kind = content_type.split(";")[0].strip()
    if kind == JSON:
        return json.loads(body)["instances"]
    if kind == JSON_LINES:
        return [json.loads(line) for line in body.splitlines() if line.strip()]
    raise ValueError(f"{content_type} is neither {JSON} nor {JSON_LINES}")


def matrix(instances, features):
    """One row an instance, columns in the model's order; null is NaN, false and true are 0 and 1."""
    try:
        rows = [[instance[name] for name in features] for instance in instances]
    except KeyError as missing:
        raise ValueError(f"an instance lacks the feature {missing}") from None
    return np.array(rows, dtype=float).reshape(len(rows), len(features))


def predict_fn(instances, model):
    x = matrix(instances, model["features"])
    late = model["classifier"].predict_proba(x)[:, 1] if len(x) else np.empty(0)
    return {"probabilities": late.tolist(), "contract": model["contract"]}


def output_fn(prediction, accept):
    answers = [{"probability": probability} for probability in prediction["probabilities"]]
    kind = accept.split(";")[0].strip()
    if kind == JSON:
        document = {
            "predictions": answers,
            "model": os.environ.get("HOPLINE_MODEL"),
            "contract": prediction["contract"],
        }
        return json.dumps(document), JSON
    if kind == JSON_LINES:
        return "".join(json.dumps(answer) + "\n" for answer in answers), JSON_LINES
    raise ValueError(f"{accept} is neither {JSON} nor {JSON_LINES}")
