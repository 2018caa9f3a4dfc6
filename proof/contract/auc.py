"""AUC of a gradient boosting on tables of features, each trained on the older rows and tested on the newest.

    auc.py SETTINGS TABLE...      SETTINGS is JSON: {"test": share of the rows, "hyperparameters": {...}}

Prints {"NAME": auc, ...}. A table is NAME.parquet: features, `label`, and `at`, the time of the row.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

settings = json.loads(sys.argv[1])
aucs = {}
for path in sys.argv[2:]:
    table = pd.read_parquet(path).sort_values("at", kind="stable")
    features = table.drop(columns=["label", "at"]).to_numpy(dtype=np.float64)
    label = table["label"].to_numpy()
    first = len(table) - int(len(table) * settings["test"])
    model = HistGradientBoostingClassifier(**settings["hyperparameters"], early_stopping=False, random_state=0)
    model.fit(features[:first], label[:first])
    aucs[Path(path).stem] = roc_auc_score(label[first:], model.predict_proba(features[first:])[:, 1])
print(json.dumps(aucs))
