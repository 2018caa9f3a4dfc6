from pyspark.sql import SparkSession


class GlueContext:
    """A Spark session under Glue's name; dynamic frames and the data catalogue are not served."""

    def __init__(self, sparkContext, **options):
        self.spark_session = SparkSession(sparkContext)
        self.create_options = options

    def get_logger(self):
        return self.spark_session.sparkContext._jvm.org.apache.log4j.LogManager.getLogger("glue")
