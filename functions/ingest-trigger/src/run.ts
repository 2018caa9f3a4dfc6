import type { SFNClient } from '@aws-sdk/client-sfn'
import type { AnyPipeline } from '@hopline/pipeline'
import { runIdOf } from '@hopline/workflow'
import type { IngestInput, RawObject } from '@hopline/workflow'
import { NoSuchSource } from './errors.ts'
import { sourcesOf } from './sources-of.ts'
import { startRun } from './start-run.ts'

export interface Services {
  pipelines: readonly AnyPipeline[]
  rawBucket: string
  machineArn: string
  sfn: SFNClient
}

/**
 * One execution of ingest-features for each version of an object and each pipeline that reads it, however often its
 * event is delivered, and by whichever pipeline's rule.
 */
export const run = async (object: RawObject, { pipelines, rawBucket, machineArn, sfn }: Services) => {
  if (object.bucket !== rawBucket) throw new NoSuchSource('the event is about another bucket')
  const starts = sourcesOf(pipelines, object.key).map(async ({ pipeline, group }) => {
    const runId = runIdOf(pipeline, object)
    const input: IngestInput = { runId, pipeline, group, object }
    return { runId, pipeline, group, ...(await startRun(sfn, machineArn, runId, input)) }
  })
  return { runs: await Promise.all(starts) }
}
