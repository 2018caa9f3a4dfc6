"""Trains a logistic regression; runs unchanged under SDK 2 and SDK 3."""

import argparse
import os

import joblib
import pandas
from sklearn.linear_model import LogisticRegression


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--model-dir", default=os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))
    parser.add_argument("--train", default=os.environ.get("SM_CHANNEL_TRAIN", "/opt/ml/input/data/train"))
    options, _ = parser.parse_known_args()
    rows = pandas.read_csv(os.path.join(options.train, "rows.csv"))
    model = LogisticRegression(C=options.strength).fit(rows[["a", "b"]].to_numpy(), rows["label"])
    print(f"accuracy={model.score(rows[['a', 'b']].to_numpy(), rows['label']):.3f};", flush=True)
    joblib.dump(model, os.path.join(options.model_dir, "model.joblib"))


def model_fn(folder):
    return joblib.load(os.path.join(folder, "model.joblib"))


if __name__ == "__main__":
    main()
