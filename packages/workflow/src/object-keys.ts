/** One object of the log of accepted rows: which minutes of the clock its rows span, and who wrote it. */
export interface LogObject {
  key: string
  date: string
  clockFrom: number
  clockTo: number
  runId: string
  chunk: number
}

/** Where the log of a group lies in the data bucket. */
export const logPrefix = (pipeline: string, group: string) => `log/${pipeline}/${group}/`

/** The log object of one event date (YYYY-MM-DD) of one chunk; the clock range is in whole epoch minutes, both ends within. */
export const logKey = (
  pipeline: string,
  group: string,
  { date, clockFrom, clockTo, runId, chunk }: Omit<LogObject, 'key'>,
) => `${logPrefix(pipeline, group)}date=${date}/${clockFrom}-${clockTo}-${runId}-${chunk}.parquet`

/** Marks that a run has appended all its rows: until then its log objects do not count. Sorts before the objects. */
export const committedKey = (pipeline: string, group: string, runId: string) =>
  `${logPrefix(pipeline, group)}_committed/${runId}`

/** The run that a mark of {@link committedKey} is about; undefined for any other key. */
export const parseCommittedKey = (key: string): string | undefined => /\/_committed\/([^/]+)$/.exec(key)?.[1]

const logPattern = /\/date=(-?\d{4,}-\d\d-\d\d)\/(-?\d+)-(-?\d+)-(.+)-(\d+)\.parquet$/

/** What a log object's key says about it; undefined for any other key. */
export const parseLogKey = (key: string): LogObject | undefined => {
  const [, date, clockFrom, clockTo, runId, chunk] = logPattern.exec(key) ?? []
  if (date === undefined || runId === undefined) return undefined
  return { key, date, clockFrom: Number(clockFrom), clockTo: Number(clockTo), runId, chunk: Number(chunk) }
}

/** Refused rows, one JSON object a line: `part` is the chunk and, after a hyphen, its further parts; or `publish` or `object`. */
export const quarantineKey = (pipeline: string, group: string, runId: string, part: number | string) =>
  `quarantine/${pipeline}/${group}/${runId}/${part}.jsonl`

/** How far a publish is with what it sends to Hopsworks; there only while one has not ended. */
export const ledgerKey = (pipeline: string, group: string, runId: string) => `ledger/${pipeline}/${group}/${runId}.json`

/** Where a training run keeps its contract, manifest, transform input and output, evaluation and golden request. */
export const trainingPrefix = (pipeline: string, runId: string) => `training/${pipeline}/${runId}/`

/** The contract of a candidate of a training run, in a folder of its own: SageMaker's channels are folders. */
export const contractKey = (pipeline: string, runId: string, candidate: string) =>
  `${trainingPrefix(pipeline, runId)}${candidate}/contract/contract.json`

/** Where Hopsworks writes the training snapshots of a pipeline. */
export const snapshotPrefix = (pipeline: string) => `snapshots/${pipeline}/`

/** The training code of a pipeline, by the SHA-256 (hexadecimal) of its bytes. */
export const codeKey = (pipeline: string, sha256: string) => `code/${pipeline}/${sha256}/sourcedir.tar.gz`

/** Where training jobs put model.tar.gz. */
export const modelsPrefix = 'models/'
