import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts, node } from '../broker.ts'
import { everyRow, failure, nothingAcknowledgedIsLost } from '../checks.ts'
import type { Stage } from '../stage.ts'
import { acknowledged, flow, openTopic, watchedLedger } from '../topic.ts'

const run = promisify(execFile)
const keys = 97
const rows = 80_000

export const fullDisk = {
  about: 'the disk of a broker is full: a typed error in bounded time; with more room everything acknowledged is there',
  async run(stage: Stage) {
    const disk = join(stage.files.folder, 'disk')
    await mkdir(disk)
    await run('mount', ['-t', 'tmpfs', '-o', 'size=10m', 'tmpfs', disk]).catch((error: Error) => {
      throw new Error(`a small file system is needed, and this machine mounts none: ${error.message}`)
    })
    const [port = 0, controllerPort = 0] = await freePorts(2)
    const broker = await node(stage.files, {
      id: 9,
      roles: 'broker,controller',
      port,
      controller: { id: 9, port: controllerPort },
      logDir: join(disk, 'data'),
      properties: { 'log.index.size.max.bytes': 65_536, 'log.segment.bytes': 4_194_304 },
    })
    try {
      await broker.start()
      const access = { ...stage.access, bootstrap: `127.0.0.1:${port}` }
      await stage.peer.createTopic(access, 'full_disk', [[9], [9]])
      const settings = { ...(await stage.topic('full_disk')), bootstrap: access.bootstrap }
      const ledger = watchedLedger()
      const retry = { totalMs: 4_000, baseMs: 100, maxMs: 1_000 }
      const writer = await openTopic(settings, { timeoutMs: 3_000, retry })
      const failed = await failure(
        writer.write(
          flow(keys, (index) => index < rows),
          { ledger },
        ),
      )
      await writer.close()
      assert.equal(failed.name, 'HopsworksKafkaError')
      assert(failed.ms < 45_000, `it took ${failed.ms} ms to give up`)
      const left = ledger.entry

      await broker.stop('SIGKILL')
      await run('mount', ['-o', 'remount,size=96m', disk])
      await broker.start()
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
      const counts = left?.partitions.map(({ messages }) => messages) ?? []
      const found = await stage.peer.read(access, settings.topic, settings.schema, counts)
      nothingAcknowledgedIsLost(found, left)
      everyRow(found, rows, keys)
      return `${failed.code}; ${acknowledged(left)} of ${rows} were acknowledged`
    } finally {
      await broker.stop('SIGKILL')
      await run('umount', [disk])
    }
  },
}
