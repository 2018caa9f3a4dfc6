import { describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { CsvCutter } from './csv-cutter.ts'

const maxRecordCharacters = 1_000

/** The records of a text that comes in pieces of some lengths, the last of them as long as it takes. */
const cutIn = (text: string, lengths: readonly number[]) => {
  const cutter = new CsvCutter({ maxRecordCharacters })
  const records: string[][] = []
  let at = 0
  for (const length of lengths) {
    records.push(...cutter.cut(text.slice(at, at + length), false))
    at += length
  }
  return [...records, ...cutter.cut(text.slice(at), true)]
}

const orFailure = <T>(read: () => T) => {
  try {
    return read()
  } catch {
    return 'refused'
  }
}

const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 })

describe('CSV', () => {
  test.each(['\n', '\r\n', '\r'])('of any fields, in any pieces, ends in these fields (line break %j)', (lineBreak) => {
    const field = fc.string({ unit: fc.constantFrom('a', 'é', '𝄞', ',', '"', '\n', '\r', ' '), maxLength: 5 })
    const record = fc.array(field, { minLength: 2, maxLength: 4 })
    const quoted = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
    fc.assert(
      fc.property(fc.array(record, { minLength: 1 }), lengths, fc.boolean(), (records, lengths, isEnded) => {
        const text = records.map((fields) => fields.map(quoted).join(',')).join(lineBreak) + (isEnded ? lineBreak : '')
        expect(cutIn(text, lengths)).toEqual(records)
      }),
    )
  })

  test('of any text is read or refused as csv-parse does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\n'), maxLength: 24 })
    fc.assert(
      fc.property(text, lengths, (text, lengths) => {
        const options = { relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n' }
        expect(orFailure(() => cutIn(text, lengths))).toEqual(orFailure(() => parse(text, options)))
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['a,b\n1,2\n"3,4\n5,6\n', 'a quote that is not closed at line 3'],
    ['a,b\n\n"1\n2",3\n4"5,6\n', 'a quote inside a field without quotes at line 5'],
    ['a,b\n"1"2,3\n', 'text behind a closing quote at line 2'],
    [`a,b\n1,2\n${'x'.repeat(1_001)}`, 'a record of more than 1000 characters at line 3'],
    [`a,b\n"${'x'.repeat(1_001)}`, 'a record of more than 1000 characters at line 2'],
  ])('%j is refused with its line', (text, problem) => {
    expect(() => cutIn(text, [text.length])).toThrow(problem)
  })

  test('may mix line breaks with and without a carriage return', () => {
    expect(cutIn('a,b\r\n1,2\n3,4\r\n', [4, 1])).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ])
  })
})
