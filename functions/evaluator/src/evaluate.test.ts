import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { againstChampion } from './against-champion.ts'
import { evaluate } from './evaluate.ts'
import type { SlicedGate } from './evaluate.ts'
import { judge } from './judge.ts'
import { measureAll } from './metrics.ts'
import { readScored } from './read-scored.ts'
import type { Scored } from './scored.ts'

const scored = (rows: readonly (readonly [label: 0 | 1, probability: number, weekday?: number])[]): Scored => ({
  labels: Uint8Array.from(rows, ([label]) => label),
  probabilities: Float64Array.from(rows, ([, probability]) => probability),
  features: rows.map(() => ({})),
  by: rows.map(([, , weekday = 1]) => ({ weekday })),
})

const anyRows = fc
  .array(
    fc.tuple(
      fc.constantFrom<0 | 1>(0, 1),
      fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
    ),
    { minLength: 2 },
  )
  .filter((rows) => new Set(rows.map(([label]) => label)).size === 2)

const gate: SlicedGate = {
  atLeast: { auc: 0.68 },
  atMost: { brier: 0.25 },
  slices: { by: ['weekday'], minRows: 2, atLeast: { auc: 0.55 } },
  champion: { metric: 'auc', margin: 0.002, confidence: 0.95 },
}

describe('metrics', () => {
  it('AUC is the share of pairs in which the positive row has the higher probability, ties one half', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const positives = rows.filter(([label]) => label === 1)
        const negatives = rows.filter(([label]) => label === 0)
        let wins = 0
        for (const [, p] of positives) for (const [, n] of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0
        expect(measureAll(scored(rows)).auc).toBeCloseTo(wins / (positives.length * negatives.length), 12)
      }),
    )
  })

  it('takes the values that were worked out by hand for four rows', () => {
    const { auc, brier, accuracy, log_loss, calibration_error, average_precision } = measureAll(
      scored([
        [0, 0.1],
        [0, 0.4],
        [1, 0.35],
        [1, 0.8],
      ]),
    )
    expect(auc).toBeCloseTo(0.75, 12)
    expect(brier).toBeCloseTo((0.01 + 0.16 + 0.4225 + 0.04) / 4, 12)
    expect(accuracy).toBeCloseTo(0.75, 12)
    expect(log_loss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8)) / 4, 12)
    expect(calibration_error).toBeCloseTo((0.1 + 0.4 + 0.65 + 0.2) / 4, 12)
    expect(average_precision).toBeCloseTo((1 + 2 / 3) / 2, 12)
  })

  it('is NaN where one class is missing, and the gate then fails closed', () => {
    const metrics = measureAll(
      scored([
        [1, 0.2],
        [1, 0.9],
      ]),
    )
    expect(metrics.auc).toBeNaN()
    expect(judge(gate, { metrics, slices: [], comparison: null })).toContain('auc NaN is below 0.68')
  })
})

describe('the gate', () => {
  const good = scored([
    [0, 0.1],
    [0, 0.2],
    [1, 0.8],
    [1, 0.9],
  ])
  const poor = scored([
    [0, 0.9],
    [0, 0.2],
    [1, 0.8],
    [1, 0.1],
  ])

  it('has no reason against a model that reaches everything', () => {
    expect(evaluate(gate, { challenger: good, withoutOnline: null, champion: null }).reasons).toEqual([])
  })

  it('names each bound that is missed, with the value', () => {
    const { reasons } = evaluate(gate, { challenger: poor, withoutOnline: null, champion: null })
    expect(reasons).toEqual([
      'auc 0.2500 is below 0.68',
      'brier 0.4250 is above 0.25',
      'weekday 1: auc 0.2500 is below 0.55',
    ])
  })

  it('judges slices that are large enough, and no others', () => {
    const rows = scored([
      [0, 0.1, 1],
      [1, 0.9, 1],
      [0, 0.6, 2],
      [1, 0.5, 2],
      [1, 0.01, 3],
    ])
    const { slices, reasons } = evaluate(
      { ...gate, atLeast: {}, atMost: {} },
      { challenger: rows, withoutOnline: null, champion: null },
    )
    expect(slices.map(({ value, rows: size }) => [value, size])).toEqual([
      ['1', 2],
      ['2', 2],
    ])
    expect(reasons).toEqual(['weekday 2: auc 0.0000 is below 0.55'])
  })

  it('lets a model pass that equals the champion, and refuses one that may be worse than the margin', () => {
    const many = Array.from({ length: 400 }, (_, at): [0 | 1, number] => [
      at % 2 === 0 ? 0 : 1,
      ((at * 37) % 100) / 100,
    ])
    const champion = scored(many.map(([label, p]) => [label, label === 1 ? Math.min(1, p + 0.3) : p]))
    expect(evaluate(gate, { challenger: champion, withoutOnline: null, champion }).comparison?.atLeast).toBe(0)
    const worse = againstChampion(scored(many), champion, gate.champion)
    expect(worse.atLeast).toBeLessThan(-0.002)
    expect(againstChampion(scored(many), champion, gate.champion)).toEqual(worse)
    expect(againstChampion(champion, scored(many), gate.champion).atLeast).toBeGreaterThan(0)
  })
})

describe('scored rows', () => {
  const line = { row: 0, label: 1, by: { weekday: 3 }, features: { hour: 7 }, SageMakerOutput: { probability: 0.25 } }

  it('reads one JSON document a line', () => {
    const read = readScored(`${JSON.stringify(line)}\n`, { uri: 's3://b/k', rows: 1 })
    expect([...read.labels, ...read.probabilities]).toEqual([1, 0.25])
  })

  it.each([
    ['fewer rows than the test split has', JSON.stringify(line), 2],
    ['a probability above one', JSON.stringify({ ...line, SageMakerOutput: { probability: 1.5 } }), 1],
    ['a row in the place of another', `${JSON.stringify(line)}\n${JSON.stringify(line)}`, 2],
    ['a line that is no JSON, without repeating it', '{"hour":"a secret"', 1],
    ['a line without a probability', JSON.stringify({ ...line, SageMakerOutput: {} }), 1],
  ])('refuses %s', (_, text, rows) => {
    const read = () => readScored(text, { uri: 's3://b/k', rows })
    expect(read).toThrow(expect.objectContaining({ name: 'UnusablePredictions' }))
    expect(read).not.toThrow('secret')
  })
})
