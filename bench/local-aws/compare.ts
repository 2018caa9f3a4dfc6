import { parseArgs } from 'node:util'
import { startMinistack, startOurs } from './platforms.ts'
import type { Platform } from './platforms.ts'

/** A number of a measured result, and how far it may go. */
export interface Figure<Result> {
  readonly name: string
  readonly unit: string
  readonly wanted: readonly [better: 'most' | 'least', bar: number]
  readonly of: (result: Result) => number
}

const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 0))

/** Their number, and how many times better ours is. */
const beside = <R>({ unit, wanted: [better], of }: Figure<R>, ours: R, theirs: R): string => {
  const [our, their] = [of(ours), of(theirs)]
  const times = better === 'most' ? their / our : our / their
  return `${number(their)} ${unit}${Number.isFinite(times) ? ` (${times.toFixed(1)} ×)` : ''}`
}

const isMissed = <R>({ wanted: [better, bar], of }: Figure<R>, result: R) =>
  better === 'most' ? of(result) > bar : of(result) < bar

const measured = async <R>(platform: Platform, measure: (platform: Platform) => Promise<R>): Promise<R> => {
  try {
    return await measure(platform)
  } finally {
    await platform.end()
  }
}

/**
 * Measures the local AWS, then ministack by the same calls, and prints both with the ratio of the two.
 * `--alone` leaves ministack out; `--check` fails where the local AWS misses a bar.
 */
export const compare = async <R>(
  figures: readonly Figure<R>[],
  measure: (platform: Platform) => Promise<R>,
): Promise<void> => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, alone: { type: 'boolean' } } })
  const ours = await measured(await startOurs(), measure)
  const other = values.alone ? undefined : await startMinistack()
  const theirs = other && (await measured(other, measure).catch((error: unknown) => String(error)))
  console.log(`| local/aws | measured | wanted | ${other?.name ?? 'ministack'} |\n|---|---|---|---|`)
  for (const figure of figures) {
    const [better, bar] = figure.wanted
    const wanted = `${better === 'most' ? '≤' : '≥'} ${bar} ${figure.unit}`
    const their = theirs === undefined || typeof theirs === 'string' ? '–' : beside(figure, ours, theirs)
    console.log(`| ${figure.name} | ${number(figure.of(ours))} ${figure.unit} | ${wanted} | ${their} |`)
  }
  if (typeof theirs === 'string') console.log(`\n${other?.name} did not answer: ${theirs}`)
  if (values.check && figures.some((figure) => isMissed(figure, ours))) process.exitCode = 1
}
