import { quarantineKey } from '@hopline/workflow'
import type { RawObject } from '@hopline/workflow'
import type { Objects } from './objects.ts'

/** A row that was refused: why, and what it was. */
export interface RefusedRow {
  /** Its place in the object; null for one that was made of many. */
  row: number | null
  /** The group of Hopsworks that cannot hold it, where it got that far. */
  group?: string
  reason: string
  column?: string
  detail: string
  original: unknown
}

const partCharacters = 8_388_608

/** JSON can hold neither 64-bit integers nor dates nor infinities nor bytes; here they are text, bytes in hexadecimal. */
const asText = (_: string, value: unknown) => {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return value
}

interface Place {
  pipeline: string
  group: string
  runId: string
}

/** Collects the refused rows of a chunk, or of what is published, and writes them as JSON lines, in parts, so that a bad object does not fill the memory. */
export const quarantine = (
  objects: Pick<Objects, 'put'>,
  { pipeline, group, runId }: Place,
  of: number | 'publish',
) => {
  let lines: string[] = []
  let characters = 0
  let part = 0
  const flush = async () => {
    if (lines.length === 0) return
    const key = quarantineKey(pipeline, group, runId, part === 0 ? of : `${of}-${part}`)
    await objects.put(key, `${lines.join('\n')}\n`, 'application/jsonlines')
    lines = []
    characters = 0
    part += 1
  }
  return {
    add: async (row: RefusedRow) => {
      const line = JSON.stringify(row, asText)
      lines.push(line)
      characters += line.length
      if (characters >= partCharacters) await flush()
    },
    flush,
  }
}

/** Leaves word of an object that could not be taken in at all: why, and where it lies. */
export const quarantineObject = async (objects: Objects, place: Place, object: RawObject, failure: Error) => {
  const { bucket, key, versionId } = object
  const record = { reason: failure.name, detail: failure.message, object: { bucket, key, versionId } }
  const to = quarantineKey(place.pipeline, place.group, place.runId, 'object')
  await objects.put(to, `${JSON.stringify(record)}\n`, 'application/jsonlines')
}
