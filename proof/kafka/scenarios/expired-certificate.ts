import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../checks.ts'
import { pemsOf } from '../stage.ts'
import type { Stage } from '../stage.ts'
import { openTopic, rowAt } from '../topic.ts'

const validSeconds = 6

export const expiredCertificate = {
  about: 'a certificate expires: a typed error in bounded time; a renewed one is fetched once and taken',
  async run(stage: Stage) {
    const settings = await stage.topic('expired_certificate')
    const expires = Date.now() + validSeconds * 1_000
    const short = pemsOf(stage.authority, await stage.authority.issue('short', validSeconds))
    const options = { timeoutMs: 3_000, retry: { totalMs: 6_000, baseMs: 100, maxMs: 500 } }
    const early = await openTopic({ ...settings, credentials: () => short }, options)
    await early.write([rowAt(0, 1)])
    await early.close()
    await sleep(expires + 1_500 - Date.now())

    const late = await openTopic({ ...settings, credentials: () => short }, options)
    const failed = await failure(late.write([rowAt(1, 1)]))
    await late.close()
    assert.equal(failed.name, 'HopsworksKafkaError')
    assert.equal(failed.retryable, false, `${failed.message} would be tried again`)
    assert(failed.ms < 10_000, `it took ${failed.ms} ms to give up`)

    let asked = 0
    const fresh = pemsOf(stage.authority, stage.client)
    const credentials = () => {
      asked += 1
      return asked === 1 ? short : fresh
    }
    const renewed = await openTopic({ ...settings, credentials }, options)
    await renewed.write([rowAt(1, 1)])
    await renewed.close()
    assert.equal(asked, 2)
    const found = await stage.peer.read(stage.access, settings.topic, settings.schema, [0, 0, 0, 0])
    assert.deepEqual(found.keys, { 0: [0, 1] })
    return `${failed.code} after ${failed.ms.toFixed(0)} ms`
  },
}
