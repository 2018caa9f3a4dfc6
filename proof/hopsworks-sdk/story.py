"""What the official SDK does with a Hopsworks, step by step; started by run.py in the SDK's environment."""

import datetime as dt
import io
import json
import logging
import os
import subprocess
import sys
import warnings
from decimal import Decimal
from pathlib import Path

import boto3
import hopsworks
import pandas as pd
import pyarrow.parquet as pq
import requests
from confluent_kafka import Consumer, TopicPartition
from hopsworks.client.exceptions import FeatureStoreException, RestAPIError
from hsfs.feature import Feature

logging.disable(logging.WARNING)
warnings.simplefilter("ignore")

given = json.load(sys.stdin)
out, sys.stdout = sys.stdout, sys.stderr  # the SDK prints a lot
server = given["hopsworks"]
day = pd.Timestamp


def step(what: str) -> None:
    print(f"  ok  {what}", file=out, flush=True)


def expect(found, wanted) -> None:
    if found != wanted:
        raise AssertionError(f"found  {found}\nwanted {wanted}")


def refused(code: int, action) -> None:
    try:
        action()
    except RestAPIError as error:
        expect(json.loads(error.response.content)["errorCode"], code)
    else:
        raise AssertionError(f"not refused with {code}")


def told(action, word: str) -> None:
    try:
        action()
    except Exception as error:
        expect(word in str(error), True)
    else:
        raise AssertionError(f"done without {word}")


def login(key: str = server["apiKey"]):
    port = int(server["url"].rsplit(":", 1)[1])
    return hopsworks.login(
        host="127.0.0.1",
        port=port,
        project=server["project"],
        api_key_value=key,
        engine="python",
        hostname_verification=True,
        trust_store_path=server["ca"],
    )


def rest(method: str, path: str, body=None, of_project: bool = True):
    """What the SDK has no call for in every version."""
    url = f"{server['url']}/hopsworks-api/api/{'project/119/' if of_project else ''}{path}"
    headers = {"authorization": f"ApiKey {server['apiKey']}"}
    reply = requests.request(method, url, headers=headers, json=body, verify=server["ca"], timeout=10)
    reply.raise_for_status()
    return reply.json()


refused(320002, lambda: login("ABCDEFGHIJKLMNOP.not-a-key"))
project = login()
store = project.get_feature_store()
expect((project.id, store.id, store.name), (119, 67, "demo_featurestore"))
step("logs in over TLS with a trusted authority, and not with a wrong key")

types = {
    "origin": ["ORD", "Zürich ☃"],
    "tile_end": [day("2001-01-03T00:00:00.123456"), day("2001-01-01T06:00:00")],
    "small": pd.array([1, None], dtype="Int32"),
    "flights_3h": pd.array([2**53 + 1, -(2**63)], dtype="Int64"),
    "single": pd.array([0.1, None], dtype="float32"),
    "delay_3h": [3.5, None],
    "open": [True, None],
    "since": [dt.date(1969, 12, 31), None],
    "seal": [b"\x00\xff", None],
}
if not hopsworks.__version__.startswith("4."):  # which knows no decimals
    types["price"] = [Decimal("-12.34"), None]
airports = store.get_or_create_feature_group(
    "airport",
    version=1,
    primary_key=["origin"],
    event_time="tile_end",
    online_enabled=True,
    stream=True,
    time_travel_format="HUDI",
)
waits = {"wait_for_online_ingestion": True}
airports.insert(pd.DataFrame(types), write_options=waits, wait=True)
step("creates an online stream group and inserts through Kafka, by certificates out of its key stores")

view = store.get_or_create_feature_view("airports", version=1, query=airports.select_except(["origin"]))
by_rest = {"init_rest_client": True, "config_rest_client": {"port": server["vectors"]["port"]}}
view.init_serving(**by_rest)
first = [
    dt.datetime(2001, 1, 3, 0, 0, 0, 123456),
    1,
    2**53 + 1,
    0.1,
    3.5,
    True,
    dt.date(1969, 12, 31),
    b"\x00\xff",
    -12.34,
][: len(types) - 1]
second = [dt.datetime(2001, 1, 1, 6), None, -(2**63), None, None, None, None, None, None][: len(first)]
expect(view.get_feature_vector({"origin": "ORD"}), first)
keys = ["Zürich ☃", "nowhere", "ORD"]
entries = [{"origin": key} for key in keys]
expect(view.get_feature_vectors(entries, allow_missing=True), [second, [None] * len(first), first])
expect(view.get_feature_vectors(entries), [second, first])
expect(view.get_feature_vector({"origin": "nowhere"}), None)
expect(view.get_feature_vector({"origin": "ORD"}, passed_features={"delay_3h": 9.0})[4], 9.0)
step("reads vectors over REST, every type exact, missing ones as nothing")

announced = rest("GET", "variables/versions", of_project=False)[0]["version"]
expect(announced.split(".")[:2], hopsworks.__version__.split(".")[:2])
delta = store.get_or_create_feature_group("delta", version=1, primary_key=["id"], time_travel_format="DELTA")
try:
    delta.insert(pd.DataFrame({"id": [1]}))
except FeatureStoreException as error:
    expect("datanode load balancer" in str(error), True)
else:
    raise AssertionError("DELTA was written without HopsFS")
store.get_feature_group("delta", version=1).delete()
step("is told of the same minor version, and that DELTA needs a datanode load balancer; the group stays behind")

routes = store.get_or_create_feature_group(
    "route",
    version=1,
    primary_key=["origin", "destination"],
    event_time="tile_end",
    online_enabled=True,
    stream=True,
    time_travel_format="HUDI",
)
pairs = [(f"A{at % 40:02}", f"B{at % 7}") for at in range(280)]


def insert_routes(time: str, first: int) -> None:
    rows = {
        "origin": [origin for origin, _ in pairs],
        "destination": [destination for _, destination in pairs],
        "tile_end": day(time),
        "flights": range(first, first + 280),
    }
    routes.insert(pd.DataFrame(rows), write_options=waits, wait=True)


insert_routes("2001-01-01", 0)
route_view = store.get_or_create_feature_view("routes", version=1, query=routes.select(["flights"]))
route_view.init_serving(**by_rest)
other = json.dumps({**server, "group": "route", "pairs": pairs, "view": "routes"})
writer = Path(__file__).with_name("other-client.ts")
ran = subprocess.run([given["node"], writer], input=other, text=True, capture_output=True)
if ran.returncode != 0:
    raise AssertionError(ran.stderr)
expect(json.loads(ran.stdout), {"before": list(range(280)), "after": list(range(1000, 1280))})
named = [{"origin": origin, "destination": destination} for origin, destination in pairs]
expect(route_view.get_feature_vectors(named), [[1000 + at] for at in range(280)])
insert_routes("2001-01-02", 2000)
expect(route_view.get_feature_vectors(named), [[2000 + at] for at in range(280)])
step("reads what Hopline's client writes into its group, and Hopline's client reads what it wrote")


def records(topic: str):
    """All that lies in a topic, read with the project user's certificate."""
    user = rest("GET", "credentials")
    consumer = Consumer(
        {
            "bootstrap.servers": f"{server['kafka']['host']}:{server['kafka']['port']}",
            "security.protocol": "SSL",
            "ssl.ca.pem": user["caChain"],
            "ssl.certificate.pem": user["clientCert"],
            "ssl.key.pem": user["clientKey"],
            "group.id": "story",
            "enable.auto.commit": False,
        }
    )
    for partition in consumer.list_topics(topic).topics[topic].partitions:
        place = TopicPartition(topic, partition, 0)
        _, end = consumer.get_watermark_offsets(place)
        consumer.assign([place])
        for _ in range(end):
            yield consumer.poll(10)
    consumer.close()


writes: dict[bytes, list[tuple[int, int]]] = {}
for record in records("demo_onlinefs"):
    headers = dict(record.headers())
    if headers["featureGroupId"] == str(routes.id).encode():
        writes.setdefault(record.key(), []).append((record.partition(), int(headers["onlineIngestionId"])))
expect((len(writes), {len(of_key) for of_key in writes.values()}), (280, {3}))
expect([of_key for of_key in writes.values() if len({partition for partition, _ in of_key}) > 1], [])
expect([of_key for of_key in writes.values() if of_key != sorted(of_key)], [])
step("and both clients put each key into the same partition, its three writes in their order")

flights = store.get_or_create_feature_group(
    "flights",
    version=1,
    primary_key=["origin", "left_at"],
    event_time="left_at",
    stream=True,
    time_travel_format="HUDI",
)
flights.insert(
    pd.DataFrame(
        {
            "origin": ["ORD", "ORD", "SFO"],
            "left_at": [day("2001-01-03T12:00"), day("2001-01-02"), day("2001-01-01T06:00")],
            "distance": pd.array([1, 2, 3], dtype="Int32"),
            "late": [True, False, True],
        }
    ),
    wait=True,
)
query = flights.select(["distance", "late"]).join(
    airports.select(["flights_3h", "delay_3h"]), on=["origin"], prefix="airport_", join_type="left"
)
delays = store.get_or_create_feature_view("delays", version=1, query=query, labels=["late"])

credentials = {
    "endpoint_url": given["aws"]["endpoint"],
    "region_name": given["aws"]["region"],
    "aws_access_key_id": given["aws"]["accessKeyId"],
    "aws_secret_access_key": given["aws"]["secretAccessKey"],
}
s3, iam = boto3.client("s3", **credentials), boto3.client("iam", **credentials)
s3.create_bucket(Bucket="snapshots")
trust = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}
role = iam.create_role(RoleName="snapshots", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
allowed = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_role_policy(RoleName="snapshots", PolicyName="write", PolicyDocument=json.dumps(allowed))
rest(
    "POST",
    "featurestores/67/storageconnectors",
    {
        "name": "snapshots",
        "storageConnectorType": "S3",
        "type": "featurestoreS3ConnectorDTO",
        "bucket": "snapshots",
        "region": given["aws"]["region"],
        "iamRole": role,
        "arguments": [{"name": "fs.s3a.endpoint", "value": given["aws"]["endpoint"]}],
    },
)
sink = store.get_storage_connector("snapshots")
expect((sink.bucket, bool(sink.session_token)), ("snapshots", True))
step("gets a connector with the temporary credentials of its role")

version, _ = delays.create_train_test_split(
    train_start="2001-01-01",
    train_end="2001-01-03",
    test_start="2001-01-03",
    test_end="2001-01-05",
    storage_connector=sink,
    location="sdk",
    data_format="parquet",
    write_options={"wait_for_job": True},
)


def split(name: str) -> list:
    found = s3.list_objects_v2(Bucket="snapshots", Prefix=f"sdk/delays_1_{version}/{name}/")["Contents"]
    parts = [key for key in (each["Key"] for each in found) if key.endswith(".parquet")]
    bodies = [s3.get_object(Bucket="snapshots", Key=key)["Body"].read() for key in parts]
    return [row for body in bodies for row in pq.read_table(io.BytesIO(body)).to_pylist()]


columns = ("distance", "late", "airport_flights_3h", "airport_delay_3h")
rows = lambda name: [tuple(row[column] for column in columns) for row in split(name)]
expect(rows("train"), [(3, True, None, None), (2, False, None, None)])
expect(rows("test"), [(1, True, 2**53 + 1, 3.5)])
step("creates a training dataset in S3, split by time, joined as of each row")

os.environ["AWS_ENDPOINT_URL"] = given["aws"]["endpoint"]  # for the SDK's own client of S3
train_x, test_x, train_y, test_y = delays.get_train_test_split(version)
expect((list(train_x["distance"]), list(train_y["late"]), list(test_x["distance"])), ([3, 2], [True, False], [1]))
del os.environ["AWS_ENDPOINT_URL"]
bounds = {"start": "2001-01-01", "middle": "2001-01-02", "later": "2001-01-03", "end": "2001-01-05"}
in_hopsfs, _ = delays.create_train_validation_test_split(
    train_start=bounds["start"],
    train_end=bounds["middle"],
    validation_start=bounds["middle"],
    validation_end=bounds["later"],
    test_start=bounds["later"],
    test_end=bounds["end"],
    data_format="csv",
    statistics_config={"enabled": True, "histograms": False, "correlations": False},
    write_options={"wait_for_job": True},
)
parts = delays.get_train_validation_test_split(in_hopsfs)
expect([list(part["distance"]) for part in parts[:3]], [[3], [2], [1]])
expect([list(part["late"]) for part in parts[3:]], [[True], [False], [True]])
statistics = delays.get_training_dataset_statistics(in_hopsfs)
expect([split.name for split in statistics.split_statistics], ["train", "validation", "test"])
step("reads its training data back out of S3, and three splits out of HopsFS, with their statistics")

delays.delete_training_dataset(in_hopsfs)
expect([dataset.version for dataset in delays.get_training_datasets()], [version])
delays.purge_training_data(version)
expect(s3.list_objects_v2(Bucket="snapshots", Prefix=f"sdk/delays_1_{version}/")["KeyCount"], 0)
delays.recreate_training_dataset(version, write_options={"wait_for_job": True})
expect([len(split("train")), len(split("test"))], [2, 1])
delays.delete_all_training_datasets()
expect(delays.get_training_datasets(), [])
expect(s3.list_objects_v2(Bucket="snapshots", Prefix=f"sdk/delays_1_{version}/")["KeyCount"], 0)
step("purges a training dataset, makes it anew, and deletes it with what it has written")

shapes = store.get_or_create_feature_group(
    "shapes",
    version=1,
    primary_key=["id"],
    event_time="at",
    online_enabled=True,
    stream=True,
    time_travel_format="HUDI",
    features=[
        Feature("id", type="bigint", primary=True),
        Feature("at", type="timestamp"),
        Feature("weights", type="array<double>", online_type="varbinary(500)"),
        Feature("names", type="array<string>"),
        Feature("gate", type="struct<x:bigint,y:string>"),
        Feature("other_gate", type="struct<x:bigint,y:string>"),
    ],
)
shaped = {
    "id": [1, 2],
    "at": [day("2001-01-01"), day("2001-01-02")],
    "weights": [[1.5, -2.0], []],
    "names": [["é", "b"], None],
    "gate": [{"x": 2**53 + 1, "y": "b"}, {"x": -1, "y": None}],
    "other_gate": [{"x": 3, "y": "c"}, None],
}
shapes.insert(pd.DataFrame(shaped), write_options=waits, wait=True)
shape_view = store.get_or_create_feature_view("shapes", version=1, query=shapes.select(list(shaped)[2:]))
shape_view.init_serving(**by_rest)
wanted = [[shaped[name][at] for name in list(shaped)[2:]] for at in range(2)]
expect(shape_view.get_feature_vectors([{"id": 1}, {"id": 2}]), wanted)
shape_version, _ = shape_view.create_training_data(
    storage_connector=sink, location="sdk", data_format="parquet", write_options={"wait_for_job": True}
)
found = s3.list_objects_v2(Bucket="snapshots", Prefix=f"sdk/shapes_1_{shape_version}/")["Contents"]
parts = [key for key in (each["Key"] for each in found) if key.endswith(".parquet")]
table = pq.read_table(io.BytesIO(s3.get_object(Bucket="snapshots", Key=parts[0])["Body"].read())).to_pylist()
expect([[row[name] for name in list(shaped)[2:]] for row in table], wanted)
step("writes arrays and structs, and reads them back as vectors and as training data")

airports.append_features([Feature("gates", type="int"), Feature("hub", type="boolean", default_value="true")])
more = pd.DataFrame({**types, "gates": pd.array([7, None], dtype="Int32"), "hub": [False, None]})
airports.insert(more.head(1), write_options=waits, wait=True)
grown = store.get_or_create_feature_view("gates", version=1, query=airports.select(["delay_3h", "gates", "hub"]))
grown.init_serving(**by_rest)
expect(grown.get_feature_vectors(entries, allow_missing=True), [[None, None, True], [None, None, None], [3.5, 7, False]])
step("appends features, and the rows of before have in them the default value, or nothing")

older = hopsworks.__version__.startswith("4.")
late = pd.DataFrame({**types, "gates": pd.array([8, 9], dtype="Int32"), "hub": [True, True]})
late["tile_end"] = day("2001-01-02")
if_newer = {"online_ingestion_options": {"upsert_if_newer": True}}
airports.insert(late, write_options={**waits, **({} if older else if_newer)}, wait=True)
found = grown.get_feature_vectors(entries)
expect(found[0], [None, 9, True])  # was of 1 January
expect(found[1], [3.5, 8, True] if older else [3.5, 7, False])  # was of 3 January
step("upserts rows; late ones only where they are newer, if the server can tell")

if not older:
    airports.remove_rows(pd.DataFrame({"origin": ["ORD"]}), storage="online", write_options=waits)
    expect(grown.get_feature_vectors(entries, allow_missing=True)[2], [None, None, None])
    airports.insert(more.head(1), write_options=waits, wait=True)
    expect(airports.get_latest_online_ingestion().num_entries, 1)
    step("removes rows from the online store, and writes them again")

if not older:
    long = pd.DataFrame({**types, "gates": pd.array([7, 7], dtype="Int32"), "hub": [True, True]}).head(1)
    long["seal"] = [bytes(200)]  # of a column that holds 100
    airports.insert(long, write_options=waits, wait=True)
    failures = airports.get_latest_online_ingestion().get_failures()
    expect([(each.failure_type, each.topic) for each in failures], [("USER_DATA", "demo_onlinefs")])
    expect("seal" in failures[0].failure_reason, True)
    step("asks OpenSearch which rows the online store could not take, and why")

rest("POST", "tags?name=owner", {"type": "object"}, of_project=False)
for tagged in (airports, grown):
    tagged.add_tag("owner", {"team": "delays", "since": 2001})
    expect(tagged.get_tag("owner"), {"team": "delays", "since": 2001})
    expect(tagged.get_tags(), {"owner": {"team": "delays", "since": 2001}})
    tagged.delete_tag("owner")
    expect(tagged.get_tags(), {})
refused(370000, lambda: airports.add_tag("mood", "good"))
step("tags a group and a view, under a schema that there is")

airports.update_description("How the airport has been doing")
airports.update_feature_description("gates", "how many it has")
grown.description = "Gates"
grown.update()
fresh = store.get_feature_group("airport", version=1)
expect((fresh.description, fresh.get_feature("gates").description), ("How the airport has been doing", "how many it has"))
expect(store.get_feature_view("gates", version=1).description, "Gates")
step("describes a group, a feature and a view")

commits = fresh.commit_details()
expect(sum(each["rowsInserted"] for each in commits.values()) >= 3, True)
fresh.compute_statistics()
described = {each.feature_name: each for each in fresh.get_statistics().feature_descriptive_statistics}
expect((described["gates"].min, described["gates"].max), (7, 9))
expect(described["delay_3h"].num_null_values + described["delay_3h"].num_non_null_values, described["gates"].count)
step("reads commits, and statistics of a group")

hubs = store.get_or_create_feature_group(
    "hub",
    version=1,
    primary_key=["origin"],
    event_time="tile_end",
    online_enabled=True,
    stream=True,
    time_travel_format="HUDI",
)
hubs.insert(
    pd.DataFrame({"origin": ["ORD"], "tile_end": [day("2001-01-01")], "flights_3h": pd.array([5], dtype="Int64")}),
    write_options=waits,
    wait=True,
)
both = airports.select(["flights_3h"]).join(hubs.select(["flights_3h"]), on=["origin"], prefix="hub_")
both = both.join(routes.select(["flights"]), left_on=["origin"], right_on=["origin"], prefix="route_")
joined = store.get_or_create_feature_view("joined", version=1, query=both)
joined.init_serving(**by_rest)
expect([feature.name for feature in joined.features], ["flights_3h", "hub_flights_3h", "route_flights"])
keys_of = {key.required_serving_key: key.required for key in joined.serving_keys}
wanted_keys = {"origin": "ORD", "route_destination": "B0"}
expect({"origin", "route_destination"} <= set(keys_of), True)
expect(joined.get_feature_vector(wanted_keys, allow_missing=True), [2**53 + 1, 5, None])
step("reads vectors of three groups joined with prefixes")

hubs.insert(
    pd.DataFrame({"origin": ["SFO"], "tile_end": [day("2001-01-02")], "flights_3h": pd.array([6], dtype="Int64")}),
    overwrite=True,
    write_options=waits,
    wait=True,
)
hub_view = store.get_or_create_feature_view("hubs", version=1, query=hubs.select(["flights_3h"]))
hub_view.init_serving(**by_rest)
expect(hub_view.get_feature_vectors([{"origin": "ORD"}, {"origin": "SFO"}], allow_missing=True), [[None], [6]])
step("overwrites a group")

job = project.get_job_api().get_job("hub_1_offline_fg_materialization")
for _ in range(4):
    rest("POST", f"jobs/{job.name}/executions")  # the SDK starts no second one
newest = max(job.get_executions(), key=lambda run: run.id)
newest.stop()
told(newest.await_termination, "stopped")
expect({run.id: run.final_status for run in job.get_executions()}[newest.id], "KILLED")
step("stops an execution of a job")


told(lambda: hubs.read(), "Arrow Flight")
told(lambda: hub_view.init_serving(init_sql_client=True), "MySQL")
step("is told what is not served: Arrow Flight and MySQL")

expect([group.version for group in store.get_feature_groups("airport")], [1])
expect(store.get_feature_view("delays", version=1).labels, ["late"])
delays.delete()
store.get_feature_view("airports", version=1).delete()
flights.delete()
expect(store.get_feature_group("flights", version=1), None)
step("finds and deletes what there is")

hopsworks.logout()
reader = login(server["readerKey"]).get_feature_store()
serving = reader.get_feature_view("routes", version=1)
serving.init_serving(**by_rest, reset_rest_client=True)
expect(serving.get_feature_vector(named[0]), [2000])
refused(320004, lambda: reader.get_feature_group("route", version=1).delete())
step("with the reader's key reads vectors and changes nothing")
print(f"hopsworks {hopsworks.__version__}: every step held", file=out)
