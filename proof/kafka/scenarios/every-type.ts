import assert from 'node:assert/strict'
import type { Stage } from '../stage.ts'
import { openTopic } from '../topic.ts'

const nullable = (name: string, type: unknown) => ({ name, type: ['null', type] })
const complex = {
  arr: ['null', { type: 'array', items: ['null', 'double'] }],
  st: ['null', { type: 'record', name: 'r1', fields: [nullable('x', 'int'), nullable('y', 'string')] }],
  mp: ['null', { type: 'map', values: ['null', 'long'] }],
}
const scalars = [
  nullable('id', 'long'),
  nullable('i', 'int'),
  nullable('d', 'double'),
  nullable('b', 'boolean'),
  nullable('s', 'string'),
  nullable('ts', { type: 'long', logicalType: 'timestamp-micros' }),
  nullable('dt', { type: 'int', logicalType: 'date' }),
  nullable('bin', 'bytes'),
  nullable('dec', { type: 'bytes', logicalType: 'decimal', precision: 38, scale: 18 }),
]
const schemaOf = (others: object[]) =>
  JSON.stringify({ type: 'record', name: 'all_1', fields: [...scalars, ...others] })

export const everyType = {
  about: 'rows of every type, with their keys and headers, arrive as another Avro library reads them',
  async run(stage: Stage) {
    const settings = await stage.topic('every_type_onlinefs')
    const schema = schemaOf(Object.entries(complex).map(([name, type]) => ({ name, type })))
    const writer = await openTopic({ ...settings, schema, online: true })
    const row = {
      id: 9_007_199_254_740_993n,
      i: -5,
      d: 0.1,
      b: true,
      s: 'é 京都 😀',
      ts: 1_767_323_045_678_901n,
      dt: '2026-01-02',
      bin: Uint8Array.of(0, 1, 255),
      dec: '-12345678901234567890.123456789012345678',
      arr: [1, null, 2.5],
      st: { x: 1, y: 'b' },
      mp: { k: 2n ** 62n },
    }
    const nothing = Object.fromEntries(Object.keys(row).map((name) => [name, null]))
    await writer.write([row, { ...nothing, id: 1n }])
    await writer.close()

    const asBytes = Object.keys(complex).map((name) => nullable(name, 'bytes'))
    const found = await stage.peer.read(stage.access, settings.topic, schemaOf(asBytes), [0, 0, 0, 0], complex)
    const byKey = new Map(found.rows.map((one) => [one.key, one]))
    assert.equal(byKey.get('1')?.row['arr'], null)
    const { row: read, headers } = byKey.get('9007199254740993') ?? { row: {}, headers: {} }
    assert.deepEqual(headers, {
      projectId: '119',
      featureGroupId: '1001',
      subjectId: '1025',
      onlineIngestionId: '7',
      upsertIfNewer: '1',
    })
    // Integers beyond 2^53 are compared as Python prints them.
    assert.deepEqual(
      { ...read, id: String(read['id']), mp: JSON.stringify(read['mp']) },
      {
        id: String(Number(row.id)),
        i: -5,
        d: 0.1,
        b: true,
        s: row.s,
        ts: '2026-01-02 03:04:05.678901+00:00',
        dt: '2026-01-02',
        bin: String.raw`b'\x00\x01\xff'`,
        dec: row.dec,
        arr: [1, null, 2.5],
        st: { x: 1, y: 'b' },
        mp: JSON.stringify({ k: 2 ** 62 }),
      },
    )
    return 'two rows, twelve columns'
  },
}
