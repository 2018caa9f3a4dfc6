import * as z from 'zod'
import { doctorEvent } from './doctor.ts'

/** One version of one object in the raw bucket. `sequencer` orders the versions of one key, as right-padded hexadecimal. */
export const rawObject = z.strictObject({
  bucket: z.string().min(1),
  key: z.string().min(1),
  versionId: z.string(),
  etag: z.string().min(1),
  size: z.int().nonnegative(),
  sequencer: z.string().regex(/^[0-9A-Fa-f]+$/),
  time: z.iso.datetime(),
})
export type RawObject = z.infer<typeof rawObject>

const ingest = {
  runId: z.string().min(1).max(80),
  pipeline: z.string().min(1),
  group: z.string().min(1),
  object: rawObject,
}

/** Input of the machine ingest-features. */
export const ingestInput = z.strictObject(ingest)
export type IngestInput = z.infer<typeof ingestInput>

/** Rows of an object that one `append` reads: `rowEnd` is exclusive; null when the rows cannot be counted ahead (CSV). */
export const chunk = z.strictObject({
  index: z.int().nonnegative(),
  rowStart: z.int().nonnegative(),
  rowEnd: z.int().nonnegative().nullable(),
})
export type Chunk = z.infer<typeof chunk>

export const ingestPlan = z.strictObject({ chunks: z.array(chunk).min(1) })
export type IngestPlan = z.infer<typeof ingestPlan>

export const appended = z.strictObject({
  chunk: z.int().nonnegative(),
  read: z.int().nonnegative(),
  accepted: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
})
export type Appended = z.infer<typeof appended>

/** read = written + superseded + quarantined. */
export const counts = z.strictObject({
  read: z.int().nonnegative(),
  written: z.int().nonnegative(),
  superseded: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
})
export type Counts = z.infer<typeof counts>

/** What Hopsworks needs to say whether the rows of a write have reached the online store. */
export const ingestion = z.strictObject({
  featureGroupId: z.int(),
  id: z.int(),
  rows: z.int().nonnegative(),
})
export type Ingestion = z.infer<typeof ingestion>

/** `rows` written and `refused`, by Hopsworks group; `rounds` is how often the log had to be looked at; `watermark` the largest clock, null without a row. */
export const published = z.strictObject({
  counts,
  rows: z.record(z.string(), z.int().nonnegative()),
  refused: z.record(z.string(), z.int().positive()),
  rounds: z.int().positive(),
  watermark: z.iso.datetime().nullable(),
  ingestions: z.array(ingestion),
})
export type Published = z.infer<typeof published>

export const confirmation = z.strictObject({
  state: z.enum(['applied', 'pending', 'failed']),
  cause: z.string().optional(),
})
export type Confirmation = z.infer<typeof confirmation>

/** What feature-writer is called with, by step. */
export const featureWriterEvent = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('plan'), ...ingest }),
  z.strictObject({ step: z.literal('append'), ...ingest, chunk }),
  z.strictObject({ step: z.literal('publish'), ...ingest, appended: z.array(appended) }),
  z.strictObject({ step: z.literal('confirm'), ingestions: z.array(ingestion) }),
  doctorEvent,
])
export type FeatureWriterEvent = z.infer<typeof featureWriterEvent>

/** Output of the machine ingest-features. */
export const ingestOutput = z.strictObject({
  runId: z.string(),
  pipeline: z.string(),
  group: z.string(),
  key: z.string(),
  counts,
  rows: published.shape.rows,
  refused: published.shape.refused,
  rounds: published.shape.rounds,
  watermark: published.shape.watermark,
})
export type IngestOutput = z.infer<typeof ingestOutput>
