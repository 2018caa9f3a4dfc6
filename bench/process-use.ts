import { readFile } from 'node:fs/promises'

const ticksPerSecond = 100

/** What a process has used until now and holds at present, by Linux' account of it; NaN where there is none. */
export async function processUse(pid: number): Promise<{ cpuSeconds: number; residentMiB: number; peakMiB: number }> {
  const [stat = '', status = ''] = await Promise.all(
    ['stat', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  )
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  const mebibytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024
  return {
    cpuSeconds: (Number(user) + Number(system)) / ticksPerSecond,
    residentMiB: mebibytes('VmRSS'),
    peakMiB: mebibytes('VmHWM'),
  }
}
