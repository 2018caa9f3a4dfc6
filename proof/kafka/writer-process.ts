import { readFile, rename, writeFile } from 'node:fs/promises'
import { json } from 'node:stream/consumers'
import type { Ledger } from '@hopline/hopsworks/ingest'
import * as z from 'zod'
import { flow, openTopic } from './topic.ts'

/** A process that writes rows by a ledger in a file, to be killed at any moment. */
const { topic, bootstrap, pems, file, keys, rows } = z
  .object({
    topic: z.string(),
    bootstrap: z.string(),
    pems: z.object({ caChain: z.string(), clientCert: z.string(), clientKey: z.string() }),
    file: z.string(),
    keys: z.int(),
    rows: z.int(),
  })
  .parse(await json(process.stdin))

const ledger: Ledger = {
  read: () =>
    readFile(file, 'utf8').then(
      (saved) => JSON.parse(saved),
      () => null,
    ),
  async save(entry) {
    await writeFile(`${file}.next`, JSON.stringify(entry))
    await rename(`${file}.next`, file)
  },
}
const writer = await openTopic({ topic, bootstrap, credentials: () => pems })
const given = flow(keys, (index) => index < rows)
process.stdout.write(JSON.stringify(await writer.write(given, { ledger })))
await writer.close()
