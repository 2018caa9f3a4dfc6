import assert from 'node:assert/strict'
import { failure } from '../checks.ts'
import type { Stage } from '../stage.ts'
import { openTopic, rowAt } from '../topic.ts'

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const

export const passwords = {
  about: 'SASL over TLS, as an external Kafka wants it: PLAIN and SCRAM, and a wrong password',
  async run(stage: Stage) {
    const settings = await stage.topic('passwords')
    const external = { ...settings, bootstrap: stage.saslBootstrap, protocol: 'SASL_SSL' }
    const tls = { ca: stage.authority.ca }
    for (const [index, mechanism] of mechanisms.entries()) {
      const sasl = { mechanism, username: 'ann', password: 'correct' }
      const writer = await openTopic(external, { kafka: { tls, sasl } })
      await writer.write([rowAt(index, 1)])
      await writer.close()
    }
    const found = await stage.peer.read(stage.access, settings.topic, settings.schema, [0, 0, 0, 0])
    assert.deepEqual(found.keys, { 0: [0, 1, 2] })
    for (const mechanism of mechanisms) {
      const sasl = { mechanism, username: 'ann', password: 'wrong' }
      const writer = await openTopic(external, { kafka: { tls, sasl }, timeoutMs: 3_000 })
      const failed = await failure(writer.write([rowAt(0, 1)]))
      await writer.close()
      assert.deepEqual([failed.name, failed.code, failed.retryable], ['HopsworksKafkaError', 58, false])
      assert(!failed.message.includes('wrong'))
    }
    return mechanisms.join(', ')
  },
}
