"""Trains the flight-delays model. Runs in SageMaker's scikit-learn image, and anywhere with the same channels.

Channels: `train` and `validation` hold Parquet files, `contract` holds contract.json, which names the features and the
label. The model takes its contract along: inference.py reads it to pick features by name.
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
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--max_iter", type=int, default=80)
    parser.add_argument("--max_leaf_nodes", type=int, default=15)
    parser.add_argument("--learning_rate", type=float, default=0.08)
    parser.add_argument("--min_samples_leaf", type=int, default=100)
    parser.add_argument("--l2_regularization", type=float, default=1.0)
    return vars(parser.parse_args())


def read(channel, columns):
    """The columns of all Parquet files of a channel, as floats; null is NaN, false and true are 0 and 1."""
    files = sorted(Path(os.environ[f"SM_CHANNEL_{channel.upper()}"]).rglob("*.parquet"))
    tables = [pq.read_table(file, columns=columns) for file in files if file.stat().st_size > 0]
    if not tables:
        raise ValueError(f"channel {channel} has no Parquet files")
    return {
        name: np.concatenate([table[name].cast(pa.float64()).to_numpy() for table in tables]) for name in columns
    }


def labelled(channel, features, label):
    """Features as a matrix in the contract's order, and the labels; rows whose label is null are left out."""
    columns = read(channel, [*features, label])
    known = ~np.isnan(columns[label])
    print(f"{channel}: {known.sum()} rows, {(~known).sum()} without a label")
    return np.column_stack([columns[name] for name in features])[known], columns[label][known]


def save(model, contract_file):
    """What inference needs: the model, its contract and its code."""
    folder = Path(os.environ["SM_MODEL_DIR"])
    joblib.dump(model, folder / "model.joblib")
    shutil.copy(contract_file, folder / "contract.json")
    (folder / "code").mkdir(exist_ok=True)
    shutil.copy(Path(__file__).with_name("inference.py"), folder / "code")


def main():
    contract_file = Path(os.environ["SM_CHANNEL_CONTRACT"]) / "contract.json"
    contract = json.loads(contract_file.read_text())
    features = [feature["name"] for feature in contract["features"]]
    label = contract["label"]["name"]

    x, y = labelled("train", features, label)
    # A random holdout, as early stopping takes it, would leak: neighbours in time are alike.
    model = HistGradientBoostingClassifier(**arguments(), early_stopping=False, random_state=0)
    model.fit(x, y)

    x, y = labelled("validation", features, label)
    print(f"validation_auc={roc_auc_score(y, model.predict_proba(x)[:, 1]):.6f}")
    save(model, contract_file)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        # SageMaker shows this file as the job's FailureReason; without it, only that the script failed.
        cause = f"{type(error).__name__}: {error}".splitlines()[0]
        Path(os.environ["SM_OUTPUT_DIR"], "failure").write_text(cause)
        raise
