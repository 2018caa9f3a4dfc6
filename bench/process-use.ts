import { readFile } from 'node:fs/promises'

const ticksPerSecond = 100

/** What a process has used until now, by Linux' account of it. */
export async function processUse(pid: number): Promise<{ cpuSeconds: number; peakMiB: number }> {
  const [stat, status] = await Promise.all(['stat', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')))
  const fields =
    stat
      ?.slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number) ?? []
  const [, peakKiB] = /^VmHWM:\s+(\d+) kB$/m.exec(status ?? '') ?? []
  return { cpuSeconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / ticksPerSecond, peakMiB: Number(peakKiB) / 1024 }
}
