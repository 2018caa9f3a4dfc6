import { HopsworksMismatch } from '../errors.ts'
import type { FeatureGroup, Server } from '../management/index.ts'
import type { Values } from '../value.ts'
import type { OnlineIngestions, WriteTarget, Written } from './group-write.ts'
import { recordHeaders } from './kafka/record-headers.ts'
import { Producer } from './producer.ts'
import { failOnRefusal, RowIntake, tooLarge } from './row-intake.ts'
import type { Refuse } from './row-intake.ts'
import type { Session } from './session.ts'

export interface RemoveOptions {
  readonly signal?: AbortSignal
  /** Takes the keys that cannot be written; without it the first of them fails the removal. */
  readonly refuse?: Refuse
}

type AskServer = (signal?: AbortSignal) => Promise<Pick<Server, 'version' | 'heedsRowHeaders'>>

/** Asks before anything is sent: an older server would take the removal for a row of nulls. */
export async function checkRemovable(
  group: FeatureGroup,
  server: AskServer,
  signal: AbortSignal | undefined,
): Promise<void> {
  const where = `Feature group ${group.name} version ${group.version}`
  if (!group.onlineEnabled) throw new HopsworksMismatch(`${where} is not online: no rows can be removed from it`)
  const { version, heedsRowHeaders } = await server(signal)
  if (!heedsRowHeaders)
    throw new HopsworksMismatch(`${where} is of Hopsworks ${version}: rows can be removed from 5.0 on`)
}

/** Sends a tombstone for each key: a row of the key alone, under `operation: delete`, to the online store only. */
export async function removeRows(
  target: WriteTarget,
  ingestions: OnlineIngestions,
  session: Session,
  keys: readonly Values[],
  { signal, refuse = failOnRefusal }: RemoveOptions,
): Promise<{ written: Written; session: Session }> {
  const { group, ids } = target
  const headersOf = (id: string) =>
    recordHeaders({ ...ids, onlineIngestionId: id, operation: 'delete', storage: 'online' })
  const largest = headersOf('9'.repeat(19))
  const intake = new RowIntake({ ...target, refuse })
  const primary = group.features.filter((feature) => feature.primary).map(({ name }) => name)
  const nothing = Object.fromEntries(group.features.map(({ name }) => [name, null]))
  const tombstones = keys.flatMap((given, place) => {
    const row = { ...nothing, ...Object.fromEntries(primary.map((name) => [name, given[name] ?? null])) }
    const taken = intake.take(row, largest, place)
    return taken ? [{ key: taken.key, value: Buffer.from(taken.value.subarray(0, taken.valueBytes)), place }] : []
  })
  if (tombstones.length === 0) return { written: { rows: 0, ingestion: null }, session }

  let never = 0
  const producer = new Producer({
    ...target,
    session,
    progress: undefined,
    signal,
    refuse: ({ place }, bytes) => {
      never += 1
      refuse({ index: place, error: tooLarge(bytes) })
    },
  })
  const { id } = await ingestions.start(group.id, tombstones.length, signal)
  const headers = headersOf(String(id))
  for (const { key, value, place } of tombstones) await producer.add(key, value, value.length, headers, place)
  await producer.flush()
  const ingestion = { featureGroupId: group.id, id, rows: tombstones.length - never }
  return { written: { rows: producer.acknowledged, ingestion }, session: producer.session }
}
