import { describe, expect, test } from '@jest/globals'
import { busy, visits } from '../../test-support/visits.ts'
import { columnWords, featureWords, windowWords } from './words.ts'
import { double, int } from '../columns.ts'

describe('words for people', () => {
  test('say what a column is and in what unit', () => {
    expect(columnWords(int({ description: 'at the gate', unit: 'minutes' }))).toEqual({
      description: 'at the gate, in minutes',
    })
    expect(columnWords(double({ unit: 'kg' }))).toEqual({ description: 'in kg' })
    expect(columnWords(int())).toEqual({})
  })

  test('say what a feature is computed from', () => {
    expect(featureWords(visits.features.long.node)).toEqual({ description: 'computed from minutes' })
    expect(featureWords({ op: 'literal', type: 'int', value: 1 })).toEqual({})
  })

  test('say what a window holds of what', () => {
    const { visits_2h: rows, long_5h: long, best_5h: best, minutes_2h: minutes } = busy.features
    const of = [rows, long, best, minutes].map((feature) => windowWords(feature, visits).description)
    expect(of).toEqual([
      'rows over 2 hours',
      'share of long over 5 hours',
      'max of score over 5 hours',
      'mean of minutes over 2 hours',
    ])
    const negated = { ...long, of: { op: 'not', type: 'boolean', args: [visits.features.long.node] } } as const
    expect(windowWords(negated, visits)).toEqual({ description: 'share of a value over 5 hours' })
  })
})
