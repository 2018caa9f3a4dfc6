import assert from 'node:assert/strict'
import type { RefusedRow } from '@hopline/hopsworks/ingest'
import type { Stage } from '../stage.ts'
import { openTopic, rowAt } from '../topic.ts'

export const largeRows = {
  about:
    'a topic that takes less than others gets smaller batches, and a row that is too large is refused by its place',
  async run(stage: Stage) {
    const settings = await stage.topic('large_rows', { 'max.message.bytes': '20000' })
    const writer = await openTopic(settings)
    const refused: RefusedRow[] = []
    const rows = Array.from({ length: 2_000 }, (_, index) => rowAt(index, 1))
    rows[1_234] = { ...rowAt(1_234, 1), note: 'x'.repeat(30_000) }
    const written = await writer.write(rows, { refuse: (row) => refused.push(row) })
    await writer.close()
    assert.equal(written.rows, 1_999)
    assert.deepEqual(
      refused.map(({ index, error }) => [index, error.code]),
      [[1_234, 'TOO_LARGE']],
    )
    const found = await stage.peer.read(stage.access, settings.topic, settings.schema, [0, 0, 0, 0])
    assert.deepEqual(
      found.keys['0'],
      [...Array(2_000).keys()].filter((seq) => seq !== 1_234),
    )
    return '1,999 rows in order, one refused'
  },
}
