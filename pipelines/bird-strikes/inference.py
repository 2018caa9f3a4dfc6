"""Serves the bird-strikes model.

application/json        {"instances": [{features}, ...]}  ->  {"predictions": [{"probability": p}, ...], "model", "contract"}
application/jsonlines   one {features} a line             ->  one {"probability": p} a line

The model picks the features of its contract by name, and ignores others; null is unknown.
"""

import json
import os
from pathlib import Path

import joblib
import numpy as np


def model_fn(model_dir):
    contract = json.loads(Path(model_dir, "contract.json").read_text())
    return joblib.load(Path(model_dir, "model.joblib")), contract


def input_fn(body, content_type):
    if content_type.startswith("application/jsonlines"):
        return [json.loads(line) for line in body.splitlines() if line.strip()]
    if content_type.startswith("application/json"):
        return json.loads(body)["instances"]
    raise ValueError(f"{content_type} is neither JSON nor JSON lines")


def predict_fn(instances, served):
    model, contract = served
    names = [feature["name"] for feature in contract["features"]]
    lacking = sorted({name for instance in instances for name in names if name not in instance})
    if lacking:
        raise ValueError(f"an instance lacks the features {', '.join(lacking)}")
    rows = np.array([[instance[name] for name in names] for instance in instances], dtype=float)
    probabilities = model.predict_proba(rows)[:, 1].tolist() if instances else []
    return [{"probability": probability} for probability in probabilities], contract["hash"]


def output_fn(prediction, accept):
    answers, contract = prediction
    if accept.startswith("application/jsonlines"):
        return "".join(json.dumps(answer) + "\n" for answer in answers), accept
    model = os.environ.get("HOPLINE_MODEL")
    return json.dumps({"predictions": answers, "model": model, "contract": contract}), "application/json"
