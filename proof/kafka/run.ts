import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { authority } from './certificates.ts'
import { brokerClasses, pythonPackages } from './install.ts'
import { allBrokersGone } from './scenarios/all-brokers-gone.ts'
import { crashedWriter } from './scenarios/crashed-writer.ts'
import { everyType } from './scenarios/every-type.ts'
import { expiredCertificate } from './scenarios/expired-certificate.ts'
import { fullDisk } from './scenarios/full-disk.ts'
import { killedBroker } from './scenarios/killed-broker.ts'
import { largeRows } from './scenarios/large-rows.ts'
import { movedLeader } from './scenarios/moved-leader.ts'
import { passwords } from './scenarios/passwords.ts'
import { openStage } from './stage.ts'

/** The client's ingestion against Apache Kafka: `node proof/kafka/run.ts [--kafka VERSION] [NAME …]`. */
const scenarios = {
  'every-type': everyType,
  passwords,
  'large-rows': largeRows,
  'expired-certificate': expiredCertificate,
  'crashed-writer': crashedWriter,
  'killed-broker': killedBroker,
  'moved-leader': movedLeader,
  'all-brokers-gone': allBrokersGone,
  'full-disk': fullDisk,
}

const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { kafka: { type: 'string' } } })
const chosen = Object.entries(scenarios).filter(([name]) => wanted.length === 0 || wanted.includes(name))
const [classes, packages] = await Promise.all([brokerClasses(values.kafka), pythonPackages()])
const folder = await mkdtemp(join(tmpdir(), 'hopline-kafka-'))
const stage = await openStage(classes, packages, folder, await authority(join(folder, 'tls')))
try {
  for (const [name, scenario] of chosen) {
    const since = performance.now()
    process.stdout.write(`… ${name}: ${scenario.about}\n`)
    const result = await scenario.run(stage)
    process.stdout.write(`✔ ${name}, ${((performance.now() - since) / 1000).toFixed(1)} s: ${result}\n`)
  }
} catch (error) {
  process.exitCode = 1
  process.stdout.write(`✘ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  for (const node of (await readdir(stage.files.folder)).filter((name) => name.startsWith('node-'))) {
    const log = await readFile(join(stage.files.folder, node, 'broker.log'), 'utf8').catch(() => '')
    process.stdout.write(`${node} said at last:\n${log.split('\n').slice(-15).join('\n')}\n`)
  }
} finally {
  await stage.stop()
  await rm(folder, { recursive: true, force: true })
}
