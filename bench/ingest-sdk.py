"""`insert` of the official SDK into the local Hopsworks' Kafka; started by ingest.ts in the SDK's environment."""

import json
import time

import pandas as pd
import sdk

given, out, project = sdk.opened()
group = project.get_feature_store().get_or_create_feature_group(
    "bench_flights",
    version=1,
    primary_key=["origin", "destination", "left_at"],
    event_time="left_at",
    stream=True,
    time_travel_format="HUDI",
)
at = pd.Series(range(given["rows"]))
airports = ["ORD", "LAX", "DEN", "SFO", "ATL", "JFK", "SEA", "BOS", "MIA", "PHX", "DFW", "IAH"]
left_at = pd.Timestamp("2001-01-01") + pd.to_timedelta(at, unit="min")
flights = pd.DataFrame(
    {
        "origin": [airports[row % 12] for row in at],
        "destination": [airports[(row + 1 + row % 11) % 12] for row in at],
        "left_at": left_at,
        "distance": (200 + at % 2_000).astype("int32"),
        "delay": (at % 90 - 20).astype("int32"),
        "late": at % 90 > 35,
        "hour": left_at.dt.hour.astype("int32"),
        "weekday": left_at.dt.weekday.astype("int32"),
        "landed_at": left_at + pd.Timedelta(hours=2),
    }
)
options = {"start_offline_materialization": False}
group.insert(flights.head(10), write_options=options)
rates = {"perSecond": [], "perCpuSecond": []}
for _ in range(given["rounds"]):
    since, before = time.perf_counter(), time.process_time()
    group.insert(flights, write_options=options)
    rates["perSecond"].append(len(flights) / (time.perf_counter() - since))
    rates["perCpuSecond"].append(len(flights) / (time.process_time() - before))
print(json.dumps(rates), file=out)
