"""Runs SQL in one Spark session for a caller that speaks JSON lines.

    {"table": NAME, "path": PARQUET}            a view over a Parquet file
    {"view": NAME, "sql": SQL}                  a view over a query
    {"sql": SQL, "path": FOLDER}                a query's rows, as Parquet

The first line that comes back says which Spark it is; then each request is answered by {"seconds": S} or {"error": TEXT}.
"""

import json
import sys
import time

from pyspark.sql import SparkSession


def session(settings):
    builder = SparkSession.builder.master("local[2]").appName("contract")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def run(spark, request):
    if "table" in request:
        spark.read.parquet(request["path"]).createOrReplaceTempView(request["table"])
    elif "view" in request:
        spark.sql(request["sql"]).createOrReplaceTempView(request["view"])
    else:
        spark.sql(request["sql"]).write.mode("overwrite").parquet(request["path"])


def main():
    answers = sys.stdout
    sys.stdout = sys.stderr
    spark = session(json.loads(sys.stdin.readline()))
    spark.sparkContext.setLogLevel("ERROR")
    print(json.dumps({"spark": spark.version}), file=answers, flush=True)
    for line in sys.stdin:
        began = time.monotonic()
        try:
            run(spark, json.loads(line))
            answer = {"seconds": time.monotonic() - began}
        except Exception as error:
            answer = {"error": str(error)[:4000]}
        print(json.dumps(answer), file=answers, flush=True)
    spark.stop()


main()
