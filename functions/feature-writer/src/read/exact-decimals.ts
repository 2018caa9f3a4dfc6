import type { FileMetaData } from 'hyparquet'

/** hyparquet makes doubles of decimals; under this metadata it gives the units that the file holds. */
export const withUnits = (metadata: FileMetaData): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map(({ converted_type: converted, ...element }) =>
    converted === 'DECIMAL' || converted === undefined ? element : { ...element, converted_type: converted },
  ),
})

const units = (stored: unknown): bigint | undefined => {
  if (typeof stored === 'bigint') return stored
  if (typeof stored === 'number') return BigInt(stored)
  if (!(stored instanceof Uint8Array) || stored.length === 0) return undefined
  return BigInt.asIntN(stored.length * 8, BigInt(`0x${Buffer.from(stored).toString('hex')}`))
}

/** Makes exact text of the decimals in a row of {@link withUnits}. */
export const exactDecimals = (metadata: FileMetaData) => {
  const scales = metadata.schema.flatMap(({ name, converted_type: converted, scale = 0 }) =>
    converted === 'DECIMAL' ? [[name, scale] as const] : [],
  )
  return (row: Record<string, unknown>): Record<string, unknown> => {
    for (const [name, scale] of scales) {
      const stored = units(row[name])
      if (stored !== undefined) row[name] = `${stored}e-${scale}`
    }
    return row
  }
}
