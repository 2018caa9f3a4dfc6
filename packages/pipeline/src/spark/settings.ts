/** What the SQL of this folder assumes; a job states it itself, since clusters and versions differ in their defaults. */
export const sparkSettings: Readonly<Record<string, string>> = {
  'spark.sql.ansi.enabled': 'false',
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.variable.substitute': 'false',
  'spark.sql.parser.escapedStringLiterals': 'false',
  'spark.sql.decimalOperations.allowPrecisionLoss': 'true',
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  // Each nested SELECT takes two, and 100 is the default.
  'spark.sql.analyzer.maxIterations': '1000',
}
