import { everyRowOnce, nothingAcknowledgedIsLost } from './checks.ts'
import type { Stage } from './stage.ts'
import { flow, openTopic, watchedLedger } from './topic.ts'
import type { WatchedLedger } from './topic.ts'

const keys = 997
const rowsAfterwards = 20_000

/** Writes rows for as long as a storm lasts and a while longer; then every row has to be there once, in order. */
export async function writeInStorm(stage: Stage, topic: string, storm: (ledger: WatchedLedger) => Promise<void>) {
  const settings = await stage.topic(topic)
  const writer = await openTopic(settings, { timeoutMs: 5_000 })
  const ledger = watchedLedger()
  const lost = new AbortController()
  let [rows, last] = [0, Infinity]
  const given = flow(keys, (index) => {
    rows = index
    return index < last
  })
  const calm = async () => {
    await storm(ledger)
    last = rows + rowsAfterwards
  }
  const write = writer.write(given, { ledger, signal: lost.signal })
  const [written] = await Promise.all([write, calm().catch((error: unknown) => lost.abort(error))])
  await writer.close()
  const counts = ledger.entry?.partitions.map(({ messages }) => messages) ?? []
  const found = await stage.peer.read(stage.access, settings.topic, settings.schema, counts)
  nothingAcknowledgedIsLost(found, ledger.entry)
  everyRowOnce(found, written.rows, keys)
  return `${written.rows.toLocaleString('en')} rows`
}
