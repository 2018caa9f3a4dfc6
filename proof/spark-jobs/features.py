"""Counts late flights of each origin; the same script for Glue and for EMR Serverless."""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
spark = SparkSession.builder.getOrCreate()
flights = spark.read.option("header", True).option("inferSchema", True).csv(arguments["--input"])
late = flights.groupBy("origin").agg(f.sum((f.col("delay") > 15).cast("int")).alias("late")).orderBy("origin")
late.coalesce(1).write.mode("overwrite").parquet(arguments["--output"])
print(f"wrote {late.count()} origins with time zone {spark.conf.get('spark.sql.session.timeZone')}")
