import type { Metric } from '@hopline/pipeline'
import type { Scored } from './scored.ts'

/** A metric of weighted rows; a weight is how often the row counts. */
export type Measure = (scored: Scored, weights: Float64Array) => number

const sum = (values: Iterable<number>) => {
  let total = 0
  for (const value of values) total += value
  return total
}

const mean = (of: (label: number, probability: number) => number): Measure => {
  return ({ labels, probabilities }, weights) => {
    let total = 0
    for (let at = 0; at < labels.length; at += 1) {
      total += (weights[at] ?? 0) * of(labels[at] ?? 0, probabilities[at] ?? 0)
    }
    return total / sum(weights)
  }
}

/** Positions by ascending probability: found once for a set of rows, since a bootstrap asks a thousand times. */
const orders = new WeakMap<Float64Array, Uint32Array>()
const ascending = (probabilities: Float64Array): Uint32Array => {
  const known = orders.get(probabilities)
  if (known) return known
  const order = Uint32Array.from(probabilities.keys()).toSorted(
    (a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0),
  )
  orders.set(probabilities, order)
  return order
}

/** Walks groups of equal probability from low to high with their weights of late and punctual rows. */
function* ties(
  { labels, probabilities }: Scored,
  weights: Float64Array,
): Generator<[positive: number, negative: number]> {
  const order = ascending(probabilities)
  for (let at = 0; at < order.length;) {
    const probability = probabilities[order[at] ?? 0]
    let positive = 0
    let negative = 0
    for (; at < order.length && probabilities[order[at] ?? 0] === probability; at += 1) {
      const row = order[at] ?? 0
      if (labels[row] === 1) positive += weights[row] ?? 0
      else negative += weights[row] ?? 0
    }
    yield [positive, negative]
  }
}

/** Area under the ROC curve by rank sums; a tie counts one half (Mann–Whitney U). NaN when one class is missing. */
const auc: Measure = (scored, weights) => {
  let below = 0
  let wins = 0
  let positives = 0
  for (const [positive, negative] of ties(scored, weights)) {
    wins += positive * (below + negative / 2)
    below += negative
    positives += positive
  }
  return wins / (positives * below)
}

/** Average precision: precision at each threshold, weighted by the recall that it adds. */
const averagePrecision: Measure = (scored, weights) => {
  let hits = 0
  let seen = 0
  let total = 0
  for (const [positive, negative] of [...ties(scored, weights)].toReversed()) {
    hits += positive
    seen += positive + negative
    if (positive > 0) total += positive * (hits / seen)
  }
  return total / hits
}

/** Expected calibration error over ten bins of equal width: |mean probability − share of positives|, by rows. */
const calibrationError: Measure = ({ labels, probabilities }, weights) => {
  const bins = 10
  const rows = new Float64Array(bins)
  const gaps = new Float64Array(bins)
  for (let at = 0; at < labels.length; at += 1) {
    const probability = probabilities[at] ?? 0
    const weight = weights[at] ?? 0
    const bin = Math.min(bins - 1, Math.floor(probability * bins))
    rows[bin] = (rows[bin] ?? 0) + weight
    gaps[bin] = (gaps[bin] ?? 0) + weight * (probability - (labels[at] ?? 0))
  }
  return sum(gaps.map(Math.abs)) / sum(rows)
}

const tiny = 1e-15
const logLoss = mean((label, probability) =>
  label === 1 ? -Math.log(Math.max(probability, tiny)) : -Math.log(Math.max(1 - probability, tiny)),
)

export const measures: Readonly<Record<Metric, Measure>> = {
  auc,
  average_precision: averagePrecision,
  accuracy: mean((label, probability) => Number(label === Number(probability >= 0.5))),
  brier: mean((label, probability) => (probability - label) ** 2),
  log_loss: logLoss,
  calibration_error: calibrationError,
}

export const metricNames: readonly Metric[] = [
  'auc',
  'average_precision',
  'accuracy',
  'brier',
  'log_loss',
  'calibration_error',
]

export const ones = (scored: Scored): Float64Array => new Float64Array(scored.labels.length).fill(1)

/** Every metric of a set of rows. */
export const measureAll = (scored: Scored): Record<Metric, number> => {
  const weights = ones(scored)
  return {
    auc: measures.auc(scored, weights),
    average_precision: measures.average_precision(scored, weights),
    accuracy: measures.accuracy(scored, weights),
    brier: measures.brier(scored, weights),
    log_loss: measures.log_loss(scored, weights),
    calibration_error: measures.calibration_error(scored, weights),
  }
}
