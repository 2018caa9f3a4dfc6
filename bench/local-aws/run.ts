import { parseArgs } from 'node:util'
import { lambda, storage } from './measures.ts'
import { startMinistack, startOurs } from './platforms.ts'
import type { Platform } from './platforms.ts'
import { rawClient } from './raw-client.ts'

/** The local AWS by a raw HTTP client, and ministack on the same calls in the same run. */
const { values } = parseArgs({ options: { check: { type: 'boolean' }, alone: { type: 'boolean' } } })

interface Figure {
  readonly name: string
  readonly unit: string
  readonly wanted: readonly [most: 'most' | 'least', bar: number]
  readonly of: (result: Result) => number
}
type Result = Awaited<ReturnType<typeof measured>>

const measured = async (platform: Platform) => {
  const client = rawClient(platform)
  try {
    const { readyMs, idleMb, idleCpuPercent } = platform
    return { readyMs, idleMb, idleCpuPercent, ...(await lambda(client)), ...(await storage(client)) }
  } finally {
    client.close()
    await platform.end()
  }
}

const figures: readonly Figure[] = [
  { name: 'ready', unit: 'ms', wanted: ['most', 2000], of: ({ readyMs }) => readyMs },
  { name: 'memory at rest', unit: 'MB', wanted: ['most', 300], of: ({ idleMb }) => idleMb },
  { name: 'CPU at rest', unit: '% of a core', wanted: ['most', 1], of: ({ idleCpuPercent }) => idleCpuPercent },
  { name: 'first invoke of an empty handler', unit: 'ms', wanted: ['most', 300], of: ({ firstMs }) => firstMs },
  { name: 'warm invoke of an empty handler, median', unit: 'ms', wanted: ['most', 2], of: ({ warmMs }) => warmMs },
  { name: 'warm invokes a second, eight callers', unit: '', wanted: ['least', 1500], of: ({ perSecond }) => perSecond },
  { name: 'S3 put of 256 MB', unit: 'MB/s', wanted: ['least', 300], of: ({ putMb }) => putMb },
  { name: 'S3 get of 256 MB', unit: 'MB/s', wanted: ['least', 300], of: ({ getMb }) => getMb },
]

const ours = await measured(await startOurs())
const other = values.alone ? undefined : await startMinistack()
const theirs = other && (await measured(other).catch((error: unknown) => String(error)))
const number = (value: number) => value.toFixed(value < 10 ? 2 : 0)
const beside = (figure: Figure, value: number) => {
  if (theirs === undefined || typeof theirs === 'string') return '–'
  const their = figure.of(theirs)
  const better = figure.wanted[0] === 'most' ? their / value : value / their
  return `${number(their)} ${figure.unit}${Number.isFinite(better) ? ` (${better.toFixed(1)} ×)` : ''}`
}
console.log(`| local/aws | measured | wanted | ${other?.name ?? 'ministack'} |\n|---|---|---|---|`)
for (const figure of figures) {
  const value = figure.of(ours)
  const [kind, bar] = figure.wanted
  const wanted = `${kind === 'most' ? '≤' : '≥'} ${bar} ${figure.unit}`
  console.log(`| ${figure.name} | ${number(value)} ${figure.unit} | ${wanted} | ${beside(figure, value)} |`)
  if (kind === 'most' ? value > bar : value < bar) process.exitCode = values.check ? 1 : 0
}
if (typeof theirs === 'string') console.log(`\n${other?.name} did not answer: ${theirs}`)
