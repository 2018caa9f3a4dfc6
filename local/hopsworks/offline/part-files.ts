import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { OfflineStore } from './offline-store.ts'
import { literal } from './offline-store.ts'

const rowsPerPart = 50_000

const formats: Record<string, { copy: string; suffix: string }> = {
  parquet: { copy: 'FORMAT parquet, COMPRESSION snappy', suffix: '.snappy.parquet' },
  csv: { copy: 'FORMAT csv, HEADER', suffix: '.csv' },
  tsv: { copy: "FORMAT csv, HEADER, DELIMITER '\t'", suffix: '.csv' },
}

export const isFormat = (name: string): boolean => Object.hasOwn(formats, name)

/** A repeated write of the same split gets the same names, and so leaves no second copy. */
const stableId = (seed: string) =>
  createHash('sha256')
    .update(seed)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')

/** Writes a table as Spark would: `part-00000-<id>-c000.<suffix>` files, at least one. Yields each name with its bytes. */
export async function* partFiles(options: {
  store: OfflineStore
  table: string
  rows: number
  format: string
  coalesce: boolean
  seed: string
  folder: string
}): AsyncGenerator<{ name: string; bytes: Buffer }> {
  const { store, table, rows, coalesce, seed, folder } = options
  const format = formats[options.format]
  if (!format) throw new Error(`the format ${options.format} is not known`)
  const size = coalesce ? Math.max(rows, 1) : rowsPerPart
  const file = join(folder, 'part')
  const id = stableId(seed)
  for (let part = 0; part * size < Math.max(rows, 1); part++) {
    const rowsOfPart = `SELECT * FROM ${table} WHERE rowid >= ${part * size} AND rowid < ${(part + 1) * size}`
    await store.run(`COPY (${rowsOfPart}) TO ${literal(file)} (${format.copy})`)
    yield { name: `part-${String(part).padStart(5, '0')}-${id}-c000${format.suffix}`, bytes: await readFile(file) }
    await rm(file)
  }
}
