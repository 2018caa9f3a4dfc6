import type { TrainingDataset } from '../metadata/training-dataset.ts'
import { spineClock } from './point-in-time.ts'

const between = (start: number | null, end: number | null): string =>
  [
    ...(start === null ? [] : [`${spineClock} >= epoch_ms(${Math.trunc(start)})`]),
    ...(end === null ? [] : [`${spineClock} < epoch_ms(${Math.trunc(end)})`]),
  ].join(' AND ') || 'true'

const million = 1_000_000

/** The folders that a training dataset is written to, and which of its rows go there. */
export const splitsOf = (dataset: TrainingDataset): { name: string; condition: string }[] => {
  const whole = between(dataset.eventStartTime, dataset.eventEndTime)
  if (dataset.splits.length === 0) return [{ name: dataset.name, condition: whole }]
  let share = 0
  return dataset.splits.map(({ name, splitType, percentage, startTime, endTime }) => {
    if (splitType === 'TIME_SERIES_SPLIT') return { name, condition: `${whole} AND ${between(startTime, endTime)}` }
    const from = Math.round(share * million)
    share += percentage ?? 0
    const drawn = `hash(rowid, ${dataset.seed ?? 0}) % ${million}`
    return { name, condition: `${whole} AND ${drawn} >= ${from} AND ${drawn} < ${Math.round(share * million)}` }
  })
}
