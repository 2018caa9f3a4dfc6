import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod'
import type { LocalAws } from '../platform.ts'
import { clientOf } from '../stack.ts'
import type { Stack } from '../stack.ts'
import type { Executions } from './executions.ts'
import type { Say } from './progress.ts'
import type { WeekObject } from './slice.ts'

const counts = z.object({ read: z.number(), written: z.number(), superseded: z.number(), quarantined: z.number() })
export type Counts = z.infer<typeof counts>
const ingestOutput = z.object({
  runId: z.string(),
  counts,
  rows: z.record(z.string(), z.number()),
  watermark: z.string().nullable(),
})
export type IngestOutput = z.infer<typeof ingestOutput>

/** Puts an object unless it lies there already, byte for byte; its version either way. */
const putOnce = async (s3: S3Client, Bucket: string, { file, key: Key }: WeekObject): Promise<string> => {
  const Body = await readFile(file)
  const md5 = createHash('md5').update(Body).digest('hex')
  const there = await s3.send(new HeadObjectCommand({ Bucket, Key })).catch((error: Error) => {
    if (error.name === 'NotFound') return undefined
    throw error
  })
  if (there?.ETag === `"${md5}"`) return there.VersionId ?? ''
  return (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? ''
}

/** Puts the objects into the raw bucket, all at once, and watches what the system makes of them. */
export const ingest = async (
  objects: readonly WeekObject[],
  {
    aws,
    stack,
    executions,
    say,
    signal,
  }: { aws: LocalAws; stack: Stack; executions: Executions; say: Say; signal: AbortSignal },
): Promise<IngestOutput[]> => {
  const s3 = new S3Client(clientOf(aws))
  const versions = await Promise.all(objects.map((object) => putOnce(s3, stack.rawBucket, object)))
  const states = new Map(objects.map(({ key }) => [key, 'waiting for its event']))
  const tell = (key: string, state: string) => {
    states.set(key, state)
    say([...states].map(([name, at]) => `${basename(name, '.parquet')}: ${at}`).join(' · '))
  }
  return Promise.all(
    objects.map(async ({ key }, at) => {
      const started = z.object({ object: z.object({ key: z.literal(key), versionId: z.literal(versions[at] ?? '') }) })
      const arn = await executions.find(stack.ingestMachine, (input) => started.safeParse(input).success, signal)
      const follow = { say: (state: string) => tell(key, state), signal }
      const output = ingestOutput.parse(await executions.follow(`ingest of ${key}`, arn, follow))
      tell(key, `${output.counts.read.toLocaleString('en-US')} rows`)
      return output
    }),
  )
}

/** The same counts over all objects. */
export const total = (outputs: readonly IngestOutput[]): Counts => {
  const sum = (name: keyof Counts) => outputs.reduce((so, { counts }) => so + counts[name], 0)
  return { read: sum('read'), written: sum('written'), superseded: sum('superseded'), quarantined: sum('quarantined') }
}
