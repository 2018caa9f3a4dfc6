import type { Json } from '@hopline/local-states'
import * as z from 'zod'
import { rowsOf } from './csv.ts'
import type { ObjectPlace, Objects } from './objects.ts'
import { parseItems } from './parse-items.ts'
import type { ReaderConfig } from './reader-config.ts'

const inventory = z.object({
  destinationBucket: z.string(),
  fileFormat: z.literal('CSV'),
  fileSchema: z.string(),
  files: z.array(z.object({ key: z.string() })),
})

const s3Uri = /^s3:\/\/([^/]+)\/(.+)$/

/** Items of an S3 Inventory: one object a row, by the names of its schema; keys are URL-encoded there. */
const inventoryItems = async (objects: Objects, text: string, most: number): Promise<Json[]> => {
  const { destinationBucket, fileSchema, files } = inventory.parse(JSON.parse(text))
  const Bucket = destinationBucket.replace(/^arn:aws[^:]*:s3:::/, '')
  const names = fileSchema.split(',').map((name) => name.trim())
  const items: Json[] = []
  for (const { key } of files) {
    if (items.length >= most) break
    const rows = rowsOf(await objects.text({ Bucket, Key: key }), ',')
    items.push(...rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column] ?? '']))))
  }
  return items
}

/** Items of all objects that a manifest of Athena names, one S3 URI a line. */
const athenaItems = async (objects: Objects, text: string, config: ReaderConfig): Promise<Json[]> => {
  const items: Json[] = []
  for (const uri of text.split('\n').filter((line) => line.trim() !== '')) {
    if (items.length >= config.MaxItems) break
    const [, Bucket, Key] = s3Uri.exec(uri.trim()) ?? []
    if (Bucket === undefined || Key === undefined) throw new Error(`The manifest has a line that is no S3 URI: ${uri}`)
    items.push(...parseItems(await objects.text({ Bucket, Key }), config))
  }
  return items
}

/** Items of the objects that a manifest names. */
export const manifestItems = async (objects: Objects, place: ObjectPlace, config: ReaderConfig): Promise<Json[]> => {
  const text = await objects.text(place)
  return config.ManifestType === 'ATHENA_DATA'
    ? athenaItems(objects, text, config)
    : inventoryItems(objects, text, config.MaxItems)
}
