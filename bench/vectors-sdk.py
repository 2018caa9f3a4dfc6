"""Feature vectors by the official SDK's REST client; started by vectors.ts in the SDK's environment."""

import json
import sys
import time

import sdk

given, out, project = sdk.opened()
view = project.get_feature_store().get_feature_view(given["view"], version=1)
view.init_serving(init_rest_client=True, config_rest_client={"port": given["vectors"]["port"]})


def read(size, request):
    entries = [{"id": (request * 7 + at) % given["rows"]} for at in range(size)]
    return view.get_feature_vector(entries[0]) if size == 1 else view.get_feature_vectors(entries)


for line in sys.stdin:
    asked = json.loads(line)
    latencies = []
    before = time.process_time()
    for request in range(asked["requests"]):
        since = time.perf_counter()
        read(asked["size"], request)
        latencies.append((time.perf_counter() - since) * 1e3)
    print(json.dumps({"cpuSeconds": time.process_time() - before, "latenciesMs": latencies}), file=out, flush=True)
