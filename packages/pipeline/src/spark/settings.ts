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
  // Of 100 by default, one nested SELECT takes two.
  'spark.sql.analyzer.maxIterations': '1000',
  'spark.sql.optimizer.maxIterations': '1000',
}
