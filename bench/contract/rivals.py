"""The windows of flight-delays over flights in memory, by pandas, Polars or DuckDB, for bench/contract/run.ts.

    rivals.py ENGINE PARQUET      prints {"seconds", "cpuSeconds", "peakMegabytes", "airport": [rows, check], "route": [...]}

Each computes what Hopline computes: a row for every key and hour at which a window changes, its windows exact. `check` is
the sum of delay_3h, so that nobody wins by computing something else.
"""

import json
import resource
import sys
import time

HOUR = 3_600_000_000
GROUPS = {
    "airport": (["origin"], {"flights_3h": ("n", 3), "late_3h": ("late", 3), "delay_3h": ("delay", 3), "delay_24h": ("delay", 24)}),
    "route": (
        ["origin", "destination"],
        {"delay_3h": ("delay", 3), "late_24h": ("late", 24), "delay_24h": ("delay", 24), "delay_7d": ("delay", 168)},
    ),
}


def widths(features):
    return sorted({hours for _, hours in features.values()})


def pandas_windows(path):
    import numpy as np
    import pandas as pd

    flights = pd.read_parquet(path)

    def run():
        landed = flights["left_at"] + (flights["distance"].astype("int64") // 7 + 45) * 60_000_000
        base = flights.assign(tile=landed // HOUR, late=(flights["delay"] > 15).astype("int64"), n=1)
        last = landed.max() // HOUR
        for name, (keys, features) in GROUPS.items():
            tiles = base.groupby([*keys, "tile"], sort=False, as_index=False)[["n", "late", "delay"]].sum()
            leaving = [tiles[keys].assign(due=tiles["tile"] + 1 + width, n=0, late=0, delay=0) for width in widths(features)]
            entering = tiles.assign(due=tiles["tile"] + 1).drop(columns="tile")
            due = pd.concat([entering, *leaving]).groupby([*keys, "due"], as_index=False).sum()
            # Sums of integers: a window is the difference of two running totals, found by binary search.
            code = due.groupby(keys, sort=False).ngroup().to_numpy()
            at = code * 10_000_000 + due["due"].to_numpy()
            total = {c: np.concatenate([[0], np.cumsum(due[c].to_numpy())]) for c in ["n", "late", "delay"]}
            out = due[[*keys, "due"]].copy()
            end = np.arange(1, len(due) + 1)
            for feature, (column, hours) in features.items():
                start = np.searchsorted(at, at - hours, side="right")
                start = np.maximum(start, np.searchsorted(code, code, side="left"))
                count = total["n"][end] - total["n"][start]
                value = total[column][end] - total[column][start]
                out[feature] = value if column == "n" else np.where(count > 0, value / np.maximum(count, 1), np.nan)
            out = out[out["due"] <= last]
            yield name, len(out), float(out["delay_3h"].sum())

    return run


def polars_windows(path):
    import polars as pl

    flights = pl.read_parquet(path)

    def run():
        landed = pl.col("left_at") + (pl.col("distance") // 7 + 45).cast(pl.Int64) * 60_000_000
        base = flights.with_columns(tile=landed // HOUR, late=(pl.col("delay") > 15).cast(pl.Int64))
        last = base["tile"].max()
        for name, (keys, features) in GROUPS.items():
            tiles = base.group_by([*keys, "tile"]).agg(
                n=pl.len().cast(pl.Int64), late=pl.col("late").sum(), delay=pl.col("delay").cast(pl.Int64).sum()
            )
            entering = tiles.select(*keys, (pl.col("tile") + 1).alias("due"), "n", "late", "delay")
            zero = pl.lit(0, pl.Int64)
            leaving = [
                tiles.select(*keys, (pl.col("tile") + 1 + w).alias("due"), zero.alias("n"), zero.alias("late"), zero.alias("delay"))
                for w in widths(features)
            ]
            due = pl.concat([entering, *leaving]).group_by([*keys, "due"]).sum().sort(*keys, "due")
            out = due.select(*keys, "due")
            for hours in widths(features):
                rolled = due.rolling("due", period=f"{hours}i", group_by=keys).agg(pl.col("n", "late", "delay").sum())
                columns = {
                    f: rolled["n"] if c == "n" else pl.when(rolled["n"] > 0).then(rolled[c] / rolled["n"])
                    for f, (c, h) in features.items()
                    if h == hours
                }
                out = out.with_columns(**columns)
            out = out.filter(pl.col("due") <= last)
            yield name, out.height, float(out["delay_3h"].sum())

    return run


def duckdb_windows(path):
    import duckdb

    db = duckdb.connect()
    db.execute(f"CREATE TABLE flights AS SELECT * FROM read_parquet('{path}')")

    def run():
        db.execute(
            f"CREATE OR REPLACE TABLE base AS SELECT *, (left_at + (distance // 7 + 45)::BIGINT * 60000000) // {HOUR} AS tile FROM flights"
        )
        for name, (keys, features) in GROUPS.items():
            key = ", ".join(keys)
            sums = "sum(n) AS n, sum(late) AS late, sum(delay) AS delay"
            columns = ", ".join(
                f"sum({c}) OVER w{h} AS {f}" if c == "n" else f"sum({c}) OVER w{h} / nullif(sum(n) OVER w{h}, 0)::DOUBLE AS {f}"
                for f, (c, h) in features.items()
            )
            windows = ", ".join(
                f"w{h} AS (PARTITION BY {key} ORDER BY due RANGE BETWEEN {h - 1} PRECEDING AND CURRENT ROW)" for h in widths(features)
            )
            leaving = ", ".join(f"tile + {h + 1}" for h in widths(features))
            db.execute(f"""CREATE OR REPLACE TABLE result AS
                WITH tiles AS (SELECT {key}, tile, count(*) AS n, count(*) FILTER (delay > 15) AS late, sum(delay) AS delay FROM base GROUP BY {key}, tile),
                due AS (SELECT {key}, due, {sums} FROM (
                    SELECT {key}, tile + 1 AS due, n, late, delay FROM tiles UNION ALL
                    SELECT {key}, unnest([{leaving}]) AS due, 0, 0, 0 FROM tiles) GROUP BY {key}, due)
                SELECT * FROM (SELECT {key}, due, {columns} FROM due WINDOW {windows}) WHERE due <= (SELECT max(tile) FROM base)""")
            yield name, *db.execute("SELECT count(*), sum(delay_3h) FROM result").fetchone()

    return run


def main():
    engine, path = sys.argv[1:]
    run = {"pandas": pandas_windows, "polars": polars_windows, "duckdb": duckdb_windows}[engine](path)
    began, cpu = time.perf_counter(), time.process_time()
    result = {name: [rows, check] for name, rows, check in run()}
    result |= {"seconds": time.perf_counter() - began, "cpuSeconds": time.process_time() - cpu}
    print(json.dumps(result | {"peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


main()
