import { StateError } from '@hopline/local-states'
import type { Json, Transfer } from '@hopline/local-states'
import * as z from 'zod'
import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'
import { manifestItems } from './manifest-items.ts'
import { objectsOf } from './objects.ts'
import type { Objects } from './objects.ts'
import { parseItems } from './parse-items.ts'
import { readerConfig } from './reader-config.ts'
import type { ReaderConfig } from './reader-config.ts'

const objectPlace = z.strictObject({ Bucket: z.string(), Key: z.string(), VersionId: z.string().optional() })
const listPlace = z.strictObject({ Bucket: z.string(), Prefix: z.string().optional() })

/** Every object under a prefix, or with LOAD_AND_FLATTEN what is in them. */
const listed = async (objects: Objects, given: Json, config: ReaderConfig): Promise<readonly Json[]> => {
  const place = listPlace.parse(given)
  const found = await objects.list(place, config.MaxItems)
  if (config.Transformation === 'NONE') return found
  const loaded: Json[] = []
  for (const { Key } of found) {
    if (loaded.length >= config.MaxItems) break
    loaded.push(...parseItems(await objects.text({ Bucket: place.Bucket, Key }), config))
  }
  return loaded
}

/** Reads the items of a distributed Map. Rejects with States.ItemReaderFailed, whatever the reason. */
export const readItems = async (
  platform: Platform,
  principal: Principal,
  { resource = '', arguments: given, config: written }: Transfer,
): Promise<readonly Json[]> => {
  const objects = objectsOf(platform, principal)
  const config = readerConfig.parse(written)
  const read = async () => {
    if (resource.endsWith(':s3:listObjectsV2')) return listed(objects, given, config)
    const place = objectPlace.parse(given)
    if (config.InputType === 'MANIFEST' || config.ManifestType) return manifestItems(objects, place, config)
    return parseItems(await objects.text(place), config)
  }
  try {
    return (await read()).slice(0, config.MaxItems)
  } catch (error) {
    throw new StateError('States.ItemReaderFailed', error instanceof Error ? error.message : String(error))
  }
}
