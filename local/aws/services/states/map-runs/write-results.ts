import { kinds, StateError } from '@hopline/local-states'
import type { Json, Transfer } from '@hopline/local-states'
import * as z from 'zod'
import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'
import type { ChildResult } from './child-result.ts'
import type { MapRunRecord } from './map-run.ts'
import { objectsOf } from './objects.ts'

const destination = z.strictObject({ Bucket: z.string(), Prefix: z.string().default('') })
const writerConfig = z.object({
  Transformation: z.enum(['NONE', 'COMPACT', 'FLATTEN']).default('NONE'),
  OutputType: z.enum(['JSON', 'JSONL']).default('JSON'),
})

const resultOf = (
  { described, output }: ChildResult,
  transformation: 'NONE' | 'COMPACT' | 'FLATTEN',
): readonly Json[] => {
  if (transformation === 'NONE') return [described]
  return transformation === 'FLATTEN' && kinds.array.is(output) ? output : [output]
}

const written = (items: readonly Json[], type: 'JSON' | 'JSONL') =>
  type === 'JSON' ? JSON.stringify(items) : items.map((item) => `${JSON.stringify(item)}\n`).join('')

/** Writes what the children gave, in a file a status, and a manifest; without a bucket only transforms. */
export const writeResults = async (
  platform: Platform,
  principal: Principal,
  run: MapRunRecord,
  children: readonly ChildResult[],
  { resource, arguments: given, config }: Transfer,
): Promise<Json> => {
  const { Transformation, OutputType } = writerConfig.parse(config)
  const succeeded = children
    .filter(({ status }) => status === 'SUCCEEDED')
    .flatMap((child) => resultOf(child, Transformation))
  if (resource === undefined) return succeeded
  const others = (...statuses: ChildResult['status'][]) =>
    children.filter(({ status }) => statuses.includes(status)).map(({ described }) => described)
  try {
    const { Bucket, Prefix } = destination.parse(given)
    const folder = `${Prefix.replace(/\/?$/, Prefix === '' ? '' : '/')}${run.id}`
    const { put } = objectsOf(platform, principal)
    const file = async (name: string, items: readonly Json[]): Promise<Json[]> => {
      if (items.length === 0) return []
      const Key = `${folder}/${name}_0.${OutputType.toLowerCase()}`
      const body = written(items, OutputType)
      await put(Bucket, Key, body)
      return [{ Key, Size: Buffer.byteLength(body) }]
    }
    const ResultFiles = {
      FAILED: await file('FAILED', others('FAILED', 'TIMED_OUT', 'ABORTED')),
      PENDING: await file('PENDING', others('PENDING')),
      SUCCEEDED: await file('SUCCEEDED', succeeded),
    }
    const Key = `${folder}/manifest.json`
    await put(Bucket, Key, JSON.stringify({ DestinationBucket: Bucket, MapRunArn: run.arn, ResultFiles }))
    return { MapRunArn: run.arn, ResultWriterDetails: { Bucket, Key } }
  } catch (error) {
    throw new StateError('States.ResultWriterFailed', error instanceof Error ? error.message : String(error))
  }
}
