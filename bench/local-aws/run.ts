import { compare } from './compare.ts'
import type { Figure } from './compare.ts'
import { lambda, storage } from './measures.ts'
import { atRest } from './platforms.ts'
import type { Platform } from './platforms.ts'
import { rawClient } from './raw-client.ts'

/** The local AWS by a raw HTTP client, and ministack on the same calls in the same run. */
const measure = async (platform: Platform) => {
  const client = rawClient(platform)
  try {
    const rest = await atRest(platform)
    return { readyMs: platform.readyMs, ...rest, ...(await lambda(client)), ...(await storage(client)) }
  } finally {
    await client.close()
  }
}

const figures: readonly Figure<Awaited<ReturnType<typeof measure>>>[] = [
  { name: 'ready', unit: 'ms', wanted: ['most', 2000], of: ({ readyMs }) => readyMs },
  { name: 'memory at rest', unit: 'MB', wanted: ['most', 300], of: ({ idleMb }) => idleMb },
  { name: 'CPU at rest', unit: '% of a core', wanted: ['most', 1], of: ({ idleCpuPercent }) => idleCpuPercent },
  { name: 'first invoke of an empty handler', unit: 'ms', wanted: ['most', 300], of: ({ firstMs }) => firstMs },
  { name: 'warm invoke of an empty handler, median', unit: 'ms', wanted: ['most', 2], of: ({ warmMs }) => warmMs },
  { name: 'warm invokes a second, eight callers', unit: '', wanted: ['least', 1500], of: ({ perSecond }) => perSecond },
  { name: 'S3 put of 256 MB', unit: 'MB/s', wanted: ['least', 300], of: ({ putMb }) => putMb },
  { name: 'S3 get of 256 MB', unit: 'MB/s', wanted: ['least', 300], of: ({ getMb }) => getMb },
]

await compare(figures, measure)
