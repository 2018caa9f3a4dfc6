"""The other side of the proof: Confluent's client (librdkafka) and fastavro, neither of them ours.

Reads one command as JSON from standard input and answers as JSON.
"""

import io
import json
import sys
import time
import zlib

import fastavro
from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic


def settings(given):
    return {
        "bootstrap.servers": given["bootstrap"],
        "security.protocol": "SSL",
        "ssl.ca.location": given["ca"],
        "ssl.certificate.location": given["cert"],
        "ssl.key.location": given["key"],
        "ssl.endpoint.identification.algorithm": "none",
    }


def create(given):
    """A topic; replicas[p] are the brokers of partition p, its preferred leader first."""
    admin = AdminClient(settings(given))
    replicas = given["replicas"]
    topic = NewTopic(given["topic"], len(replicas), replica_assignment=replicas, config=given["config"])
    for made in admin.create_topics([topic], operation_timeout=30).values():
        made.result()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = admin.list_topics(given["topic"], timeout=10).topics[given["topic"]]
        if len(found.partitions) == len(given["replicas"]) and all(p.leader >= 0 for p in found.partitions.values()):
            return {}
        time.sleep(0.1)
    raise SystemExit("the topic has no leaders")


def led_by(given):
    """Waits until the controller has given each partition to the broker that is to lead it."""
    admin = AdminClient(settings(given))
    until = time.monotonic() + 120
    while time.monotonic() < until:
        found = admin.list_topics(given["topic"], timeout=10).topics[given["topic"]].partitions
        leaders = [found[p].leader for p in sorted(found)]
        if leaders == given["leaders"]:
            return {}
        time.sleep(0.2)
    isrs = [found[p].isrs for p in sorted(found)]
    raise SystemExit(f"the leaders are {leaders}, in sync are {isrs}")


def end_of(consumer, at):
    until = time.monotonic() + 30
    while True:
        try:
            return consumer.get_watermark_offsets(at, timeout=20)[1]
        except KafkaException:  # the leader is just moving
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def read(given):
    """Every message of a topic: how many, their digest where asked for, and the numbers of each key in their order."""
    consumer = Consumer({**settings(given), "group.id": "proof", "enable.auto.commit": False, "check.crcs": True})
    schema = fastavro.parse_schema(json.loads(given["schema"]))
    inner = {name: fastavro.parse_schema(kind) for name, kind in given.get("complex", {}).items()}
    partitions, keys, rows = [], {}, []
    for index, acknowledged in enumerate(given["acknowledged"]):
        at = TopicPartition(given["topic"], index, 0)
        end = end_of(consumer, at)
        consumer.assign([at])
        seen = digest = marked = 0
        position = 0
        until = time.monotonic() + 60
        while position < end:
            if time.monotonic() > until:
                raise SystemExit(f"partition {index} ends at {position} of {end}")
            for message in consumer.consume(10_000, timeout=0.2):
                if message.error():
                    raise SystemExit(str(message.error()))
                position = message.offset() + 1
                key, value = message.key(), message.value()
                digest = zlib.crc32(value, zlib.crc32(key, digest))
                seen += 1
                if seen == acknowledged:
                    marked = digest
                row = fastavro.schemaless_reader(io.BytesIO(value), schema)
                for name, kind in inner.items():
                    if row[name] is not None:
                        row[name] = fastavro.schemaless_reader(io.BytesIO(row[name]), kind)
                keys.setdefault(key.decode(), []).append(row.get("seq"))
                if len(rows) < 20:
                    headers = {name: text.decode() for name, text in message.headers() or []}
                    rows.append({"key": key.decode(), "headers": headers, "row": row})
        partitions.append({"messages": seen, "marked": marked})
    consumer.close()
    return {"partitions": partitions, "keys": keys, "rows": rows}


command = json.load(sys.stdin)
print(json.dumps({"create": create, "led_by": led_by, "read": read}[command["do"]](command), default=str))
