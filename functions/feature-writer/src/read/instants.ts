import type { FileMetaData, SchemaElement } from 'hyparquet'

const floorDivided = (x: bigint, by: bigint) => (x - (((x % by) + by) % by)) / by

/** A timestamp as a Date, or as text where a Date would drop what is below a millisecond. */
const dateOrText = (micros: bigint) => {
  const ms = floorDivided(micros, 1_000n)
  const [rest, date] = [micros - ms * 1_000n, new Date(Number(ms))]
  const isWritable = date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9_999
  return rest === 0n || !isWritable ? date : date.toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`)
}

/** How hyparquet makes values of the instants in a file. */
export const instantParsers = {
  timestampFromMicroseconds: dateOrText,
  timestampFromNanoseconds: (nanos: bigint) => dateOrText(floorDivided(BigInt.asIntN(64, nanos), 1_000n)),
}

const withoutZ = (value: unknown) => {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString().replace('Z', '')
  return typeof value === 'string' ? value.replace('Z', '') : value
}

const isLocal = ({ logical_type: type }: SchemaElement) => type?.type === 'TIMESTAMP' && !type.isAdjustedToUTC

/** Makes text without a zone of those columns' timestamps that are local ones in the file: nobody can say which instants they are. */
export const localTimes = ({ schema }: FileMetaData, columns: readonly string[]) => {
  const local = schema.flatMap((element) => (isLocal(element) && columns.includes(element.name) ? [element.name] : []))
  return (row: Record<string, unknown>): Record<string, unknown> => {
    for (const name of local) row[name] = withoutZ(row[name])
    return row
  }
}
