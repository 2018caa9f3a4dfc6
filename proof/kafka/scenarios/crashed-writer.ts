import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { everyRow, nothingAcknowledgedIsLost } from '../checks.ts'
import { pemsOf } from '../stage.ts'
import type { Stage } from '../stage.ts'
import { acknowledged } from '../topic.ts'

const keys = 97
const rows = 40_000
const entrySchema = z.object({
  partitions: z.array(z.object({ messages: z.int(), digest: z.int() })),
  ingestion: z.null(),
})

export const crashedWriter = {
  about: 'the writing process is killed: run again by its ledger it sends what was not acknowledged',
  async run(stage: Stage) {
    const { topic, bootstrap } = await stage.topic('crashed_writer')
    const file = join(stage.files.folder, 'crashed-writer.ledger.json')
    const given = { topic, bootstrap, pems: pemsOf(stage.authority, stage.client), file, keys, rows }
    const start = () => {
      const child = spawn(process.execPath, [join(import.meta.dirname, '../writer-process.ts')], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      child.stdin.end(JSON.stringify(given))
      return child
    }
    const entry = async () =>
      readFile(file, 'utf8').then(
        (saved) => entrySchema.parse(JSON.parse(saved)),
        () => null,
      )

    const first = start()
    while (acknowledged(await entry()) < rows / 3) await sleep(20)
    first.kill('SIGKILL')
    await new Promise((resolve) => first.once('exit', resolve))
    const left = await entry()

    const second = start()
    assert.deepEqual(JSON.parse(await text(second.stdout)), { rows, ingestion: null })
    const counts = left?.partitions.map(({ messages }) => messages) ?? []
    const found = await stage.peer.read(stage.access, topic, undefined, counts)
    nothingAcknowledgedIsLost(found, left)
    everyRow(found, rows, keys)
    const twice = found.partitions.reduce((sum, { messages }) => sum + messages, -rows)
    assert(twice < rows / 2, `${twice} rows came twice`)
    return `${acknowledged(left)} of ${rows} were acknowledged, ${twice} came twice`
  },
}
