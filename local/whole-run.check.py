"""Works out with pandas what the whole run should have made of the raw objects, and says where it did not.

Reads one JSON document from standard input and prints one: {check: [what is wrong, ...]}. It shares no code with Hopline:
windows are plain filters over the accepted rows, one for each value.
"""

import json
import math
import sys

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, roc_auc_score

HOUR = np.timedelta64(1, "h")
AIRPORT = {"flights_3h": (3, "count"), "late_3h": (3, "late"), "delay_3h": (3, "delay"), "delay_24h": (24, "delay")}
ROUTE = {"delay_3h": (3, "delay"), "late_24h": (24, "late"), "delay_24h": (24, "delay"), "delay_7d": (168, "delay")}
GROUPS = {"airport": (["origin"], AIRPORT), "route": (["origin", "destination"], ROUTE)}


def accepted(objects):
    """Rows that are within their bounds; of equal keys the last of the newest object version."""
    rows = pd.concat([pd.read_parquet(path) for path in objects], ignore_index=True)
    bounds = rows.delay.between(-120, 1000) & rows.distance.between(20, 6000)
    whole = rows.notna().all(axis=1) & (rows.origin.str.len() <= 3) & (rows.destination.str.len() <= 3)
    good = rows[bounds & whole]
    unique = good.drop_duplicates(["origin", "destination", "date"], keep="last").copy()
    minutes = np.floor(unique.distance.astype(float) / 7) + 45
    unique["landed"] = unique.date + pd.to_timedelta(minutes, unit="m")
    unique["late"] = (unique.delay > 15).astype(float)
    return rows, good, unique


class Windows:
    def __init__(self, rows, by):
        self.by = by
        self.rows = {key: group for key, group in rows.groupby(by)}

    def at(self, key, time, features):
        """Values of a key as of a tile's end; None for each where the key has never been seen by then."""
        group = self.rows.get(key if len(self.by) > 1 else (key[0],))
        if group is None or not (group.landed < time).any():
            return {name: None for name in features}
        values = {}
        for name, (hours, of) in features.items():
            inside = group[(group.landed >= time - hours * HOUR) & (group.landed < time)]
            if of == "count":
                values[name] = float(len(inside))
            else:
                values[name] = float(inside[of].mean()) if len(inside) else None
        return values


def same(a, b):
    missing = [value is None or (isinstance(value, float) and math.isnan(value)) for value in (a, b)]
    if any(missing):
        return all(missing)
    return math.isclose(float(a), float(b), rel_tol=1e-12, abs_tol=1e-12)


def compare(where, found, expected):
    return [
        f"{where}: {name} is {found.get(name)}, pandas says {value}"
        for name, value in expected.items()
        if not same(found.get(name), value)
    ]


def main():
    given = json.load(sys.stdin)
    rows, good, unique = accepted(given["objects"])
    windows = {name: Windows(unique, by) for name, (by, _) in GROUPS.items()}
    wrong = {"counts": [], "joined": [], "online": [], "metrics": []}

    counts = {"read": len(rows), "written": len(unique), "quarantined": len(rows) - len(good)}
    counts["superseded"] = counts["read"] - counts["written"] - counts["quarantined"]
    wrong["counts"] = [f"{k}: {given['counts'][k]}, pandas says {v}" for k, v in counts.items() if given["counts"][k] != v]

    # The snapshot: every row once, and on a sample each joined feature as of the row's own hour.
    snapshot = pd.concat([pd.read_parquet(path) for path in given["snapshot"]], ignore_index=True)
    first = pd.Timestamp(given["from"])
    if len(snapshot) != len(unique[unique.date >= first]):
        wrong["joined"].append(f"{len(snapshot)} rows in the snapshot, pandas says {len(unique)}")
    keyed = unique.set_index(["origin", "destination", "date"]).sort_index()
    for row in snapshot.sample(given["sample"], random_state=7).itertuples():
        moment = pd.Timestamp(row.left_at).tz_localize(None)
        source = keyed.loc[(row.origin, row.destination, moment)]
        expected = {
            "late": float(source.late),
            "hour": float(moment.hour),
            "weekday": float(moment.isoweekday()),
            "distance": float(source.distance),
        }
        for name, (by, features) in GROUPS.items():
            key = tuple(getattr(row, column) for column in by)
            values = windows[name].at(key, moment.floor("h"), features)
            expected.update({f"{name}_{feature}": value for feature, value in values.items()})
        wrong["joined"] += compare(f"{row.origin}-{row.destination} {moment}", row._asdict(), expected)

    # Online: the values as of the last full hour before the newest landing.
    newest = unique.landed.max().floor("h")
    for vector in given["vectors"]:
        for name, (by, features) in GROUPS.items():
            key = tuple(vector[column] for column in by)
            found = {feature: vector[f"{name}_{feature}"] for feature in features}
            wrong["online"] += compare(f"{name} {key}", found, windows[name].at(key, newest, features))

    scored = pd.DataFrame(given["scored"])
    metrics = {
        "auc": roc_auc_score(scored.label, scored.probability),
        "brier": brier_score_loss(scored.label, scored.probability),
    }
    wrong["metrics"] = compare("evaluation", given["metrics"], metrics)
    json.dump({name: found[:5] for name, found in wrong.items()}, sys.stdout)


main()
