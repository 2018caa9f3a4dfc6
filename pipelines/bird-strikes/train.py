"""Trains the bird-strikes model in SageMaker's scikit-learn image, or anywhere with the same channels.

Strikes that damage are few, and trees on so few are unsure of themselves: several, each on another draw of the rows, are
averaged. Channels: `train` and `validation` hold Parquet files, `contract` holds contract.json.
"""

import argparse
import json
import os
import shutil
from pathlib import Path

import joblib
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from sklearn.ensemble import BaggingClassifier, HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

parser = argparse.ArgumentParser()
parser.add_argument("--max_iter", type=int, default=60)
parser.add_argument("--max_leaf_nodes", type=int, default=7)
parser.add_argument("--learning_rate", type=float, default=0.06)
parser.add_argument("--min_samples_leaf", type=int, default=40)


def channel(name):
    return Path(os.environ[f"SM_CHANNEL_{name.upper()}"])


def labelled(name, contract):
    """The features of a channel as floats, in the contract's order (null is NaN), and its labels."""
    files = [file for file in sorted(channel(name).rglob("*.parquet")) if file.stat().st_size > 0]
    if not files:
        raise ValueError(f"channel {name} has no Parquet files")
    label = contract["label"]["name"]
    features = [feature["name"] for feature in contract["features"]]
    rows = pa.concat_tables([pq.read_table(file, columns=[*features, label]) for file in files])
    columns = [rows[column].cast(pa.float64()).to_numpy() for column in [*features, label]]
    *x, y = columns
    known = ~np.isnan(y)
    print(f"{name}: {known.sum()} strikes, {y[known].mean():.1%} with damage")
    return np.column_stack(x)[known], y[known]


def main():
    contract = json.loads((channel("contract") / "contract.json").read_text())
    trees = HistGradientBoostingClassifier(**vars(parser.parse_args()), early_stopping=False, random_state=0)
    model = BaggingClassifier(trees, n_estimators=8, max_samples=0.7, random_state=0)
    model.fit(*labelled("train", contract))
    x, y = labelled("validation", contract)
    print(f"validation_auc={roc_auc_score(y, model.predict_proba(x)[:, 1]):.6f}")

    folder = Path(os.environ["SM_MODEL_DIR"])
    joblib.dump(model, folder / "model.joblib")
    shutil.copy(channel("contract") / "contract.json", folder)
    (folder / "code").mkdir(exist_ok=True)
    shutil.copy(Path(__file__).with_name("inference.py"), folder / "code")


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        # SageMaker shows this file as the job's FailureReason.
        Path(os.environ["SM_OUTPUT_DIR"], "failure").write_text(f"{type(error).__name__}: {error}".splitlines()[0])
        raise
