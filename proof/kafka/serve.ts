import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts, node } from './broker.ts'
import { authority } from './certificates.ts'
import { brokerClasses, pythonPackages } from './install.ts'
import { peer } from './peer.ts'
import { pemsOf } from './stage.ts'

/**
 * One Kafka broker with a topic `bench` of eight partitions, in plain text and with mutual TLS, until standard input
 * ends: `node proof/kafka/serve.ts`. Says on a line where it is.
 */
const [classes, packages] = await Promise.all([brokerClasses(), pythonPackages()])
const folder = await mkdtemp(join(tmpdir(), 'hopline-kafka-serve-'))
const signer = await authority(join(folder, 'tls'))
const [port = 0, plainPort = 0, controllerPort = 0] = await freePorts(3)
const controller = { id: 1, port: controllerPort }
const listeners = `CONTROLLER://127.0.0.1:${controllerPort},SSL://127.0.0.1:${port},PLAINTEXT://127.0.0.1:${plainPort}`
const broker = await node(
  { classes, folder, authority: signer },
  {
    id: 1,
    roles: 'broker,controller',
    port,
    controller,
    properties: {
      listeners,
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,SSL:SSL,PLAINTEXT:PLAINTEXT',
      'log.retention.bytes': 134_217_728,
      'log.segment.bytes': 67_108_864,
      'log.retention.check.interval.ms': 5_000,
    },
  },
)
try {
  await broker.start()
  const client = await signer.issue('demo__ann')
  const [tls, plain] = [`127.0.0.1:${port}`, `127.0.0.1:${plainPort}`]
  const access = { bootstrap: tls, ca: signer.caFile, cert: client.certFile, key: client.keyFile }
  await peer(packages).createTopic(
    access,
    'bench',
    Array.from({ length: 8 }, () => [1]),
  )
  process.stdout.write(`${JSON.stringify({ tls, plain, ...pemsOf(signer, client) })}\n`)
  process.stdin.resume()
  await once(process.stdin, 'end')
} finally {
  await broker.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
}
process.exit()
