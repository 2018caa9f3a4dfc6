import assert from 'node:assert/strict'
import { failure, nothingAcknowledgedIsLost, everyRow } from '../checks.ts'
import type { Stage } from '../stage.ts'
import { acknowledged, flow, openTopic, watchedLedger } from '../topic.ts'

const keys = 97
const rows = 40_000

export const allBrokersGone = {
  about: 'all brokers go away: a typed error in bounded time; the repeated run sends what was not acknowledged',
  async run(stage: Stage) {
    const settings = await stage.topic('all_brokers_gone')
    const ledger = watchedLedger()
    const retry = { totalMs: 5_000, baseMs: 100, maxMs: 1_000 }
    const writer = await openTopic(settings, { timeoutMs: 3_000, retry })
    const gone = ledger.reached(4_000).then(() => Promise.all(stage.brokers.map((broker) => broker.stop('SIGKILL'))))
    const failed = await failure(
      writer.write(
        flow(keys, (index) => index < rows),
        { ledger },
      ),
    )
    await gone
    await writer.close()
    assert.equal(failed.name, 'HopsworksKafkaError')
    assert(failed.ms < 30_000, `it took ${failed.ms} ms to give up`)
    const before = acknowledged(ledger.entry)
    const then = ledger.entry

    await Promise.all(stage.brokers.map((broker) => broker.start()))
    const again = await openTopic(settings)
    assert.equal(
      (
        await again.write(
          flow(keys, (index) => index < rows),
          { ledger },
        )
      ).rows,
      rows,
    )
    await again.close()
    const counts = then?.partitions.map(({ messages }) => messages) ?? []
    const found = await stage.peer.read(stage.access, settings.topic, settings.schema, counts)
    nothingAcknowledgedIsLost(found, then)
    everyRow(found, rows, keys)
    const total = found.partitions.reduce((sum, { messages }) => sum + messages, 0)
    return `${failed.code}; ${before} of ${rows} were acknowledged, ${total - rows} came twice`
  },
}
