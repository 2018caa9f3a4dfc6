import type { AnyPipeline, Values } from '@hopline/pipeline'
import { appended, ingestPlan, published } from '@hopline/workflow'
import type { Appended, IngestInput } from '@hopline/workflow'
import * as z from 'zod'
import type { Services } from '../src/run.ts'
import { run } from '../src/run.ts'
import { memoryObjects } from './memory-objects.ts'

/** What a feature-writer reads and writes, in memory. */
export interface Memory {
  /** The data bucket, by key. */
  readonly data: Map<string, Uint8Array<ArrayBuffer>>
  /** Rows that were sent to Hopsworks, by group. */
  readonly written: Map<string, Values[]>
  /** The raw object. */
  raw: Uint8Array<ArrayBuffer>
}

export const memoryServices = (pipelines: readonly AnyPipeline[], memory: Memory): Services => ({
  pipelines,
  objects: {
    ...memoryObjects(memory.data),
    raw: () => ({ size: memory.raw.byteLength, range: async (start, end) => memory.raw.slice(start, end) }),
  },
  sink: {
    write: async ({ name }, rows) => {
      const { written } = memory
      const messages = [...rows]
      written.set(name, [...(written.get(name) ?? []), ...messages])
      return { rows: messages.length, ingestion: { featureGroupId: 1, id: written.size, rows: messages.length } }
    },
    reset: () => undefined,
  },
  connection: { get: () => Promise.reject(new Error('not connected')), forget: () => undefined },
  examine: () => Promise.reject(new Error('not examined')),
})

/** The event of an object's version; a later version is newer. */
export const ingestionOf = (pipeline: AnyPipeline, key: string, version = 1): IngestInput => ({
  runId: `${pipeline.name.replaceAll('_', '-')}-${version}`,
  pipeline: pipeline.name,
  group: pipeline.spine.name,
  object: {
    bucket: 'raw',
    key,
    versionId: `v${version}`,
    etag: 'e',
    size: 1,
    sequencer: '0A1B',
    time: `2026-11-23T10:00:0${version}Z`,
  },
})

/** What the machine does, step by step. */
export const ingested = async (input: IngestInput, services: Services) => {
  const { chunks } = ingestPlan.parse(await run({ step: 'plan', ...input }, services))
  const made: Appended[] = []
  for (const chunk of chunks) made.push(appended.parse(await run({ step: 'append', ...input, chunk }, services)))
  return { chunks, published: published.parse(await run({ step: 'publish', ...input, appended: made }, services)) }
}

const record = z.record(z.string(), z.unknown())

export const jsonLines = (bytes: Uint8Array | undefined): Record<string, unknown>[] =>
  Buffer.from(bytes ?? [])
    .toString()
    .trim()
    .split('\n')
    .map((line) => record.parse(JSON.parse(line)))
