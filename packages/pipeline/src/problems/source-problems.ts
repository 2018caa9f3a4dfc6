import type { KinesisSource, PostgresSource, S3Source, Source } from '../sources.ts'
import type { Check } from './check.ts'
import { duration, expected, isRecord, object, oneOf, text } from './check.ts'

const checks: Readonly<Record<Source['from'], Check>> = {
  s3: object<S3Source>({ from: oneOf('s3'), glob: text }),
  kinesis: object<KinesisSource>({ from: oneOf('kinesis'), stream: text }),
  postgres: object<PostgresSource>({ from: oneOf('postgres'), table: text, cursor: text, every: duration }),
}

const isSource = (value: unknown): value is Source => isRecord(value) && Object.hasOwn(checks, String(value['from']))

/** What is wrong with where rows come from. */
export const sourceProblems: Check = (report, source, path) => {
  report.expect(isSource(source), path, expected('a source like s3()', source))
  if (!isSource(source) || !checks[source.from](report, source, path)) return false
  if (source.from !== 's3') return true
  const isGlob = /^[^/\\?[\]{}][^\\?[\]{}]*\.(csv|parquet)$/.test(source.glob)
  report.expect(isGlob, path, `'${source.glob}' is no glob of Parquet or CSV keys`)
  report.expect(!source.glob.includes('**'), path, 'only single * is known')
  return true
}
