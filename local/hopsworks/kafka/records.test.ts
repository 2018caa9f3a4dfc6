import { expect, it } from '@jest/globals'
import { readRecords } from './records.ts'
import { MalformedFrame } from './wire-reader.ts'

const length = (bytes: number) => Buffer.from([bytes * 2])
const text = (said: string) => Buffer.concat([length(said.length), Buffer.from(said)])

const record = (offset: number, value: string, headers: Record<string, string>) => {
  const entries = Object.entries(headers)
  const body = Buffer.concat([
    Buffer.from([0, 0]), // attributes, timestamp
    length(offset),
    text('key'),
    text(value),
    length(entries.length),
    ...entries.flat().map(text),
  ])
  return Buffer.concat([length(body.length), body])
}

it('reads each record with its own headers', () => {
  const [both, offline] = [{ id: '1' }, { id: '1', storage: 'offline' }]
  const headers = [both, both, offline, {}, {}, both]
  const batch = Buffer.concat(headers.map((one, offset) => record(offset, `v${offset}`, one)))
  const read = [...readRecords(batch, 10, headers.length)]
  expect(read).toEqual(headers.map((one, at) => ({ offset: 10 + at, value: Buffer.from(`v${at}`), headers: one })))
})

it('refuses headers that reach into the next record', () => {
  const first = record(0, 'v', { id: '1' })
  first[first.length - 2] = 40 // the length of the header's value
  expect(() => [...readRecords(Buffer.concat([first, record(1, 'v', { id: '1' })]), 0, 2)]).toThrow(MalformedFrame)
})
