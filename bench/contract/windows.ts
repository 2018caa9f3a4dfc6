import { clockOf, windowTiles } from '@hopline/pipeline'
import type { Values } from '@hopline/pipeline'
import { pipelineNamed } from '@hopline/pipelines'
import { acceptedFlights } from '@hopline/proof-contract/raw-flights'

/** Hopline's windows over flights in memory; prints what rivals.py prints. */
const { spine, windows } = pipelineNamed('flight_delays')
const flights: Values[] = []
for await (const flight of acceptedFlights(spine, Number(process.argv[2]))) flights.push(flight)

const result: Record<string, unknown> = {}
const [began, cpu] = [performance.now(), process.cpuUsage()]
for (const group of windows) {
  const clock = clockOf(group)
  let [first, last] = [clock(flights[0] ?? {}) ?? 0n, 0n]
  for (const flight of flights) {
    const at = clock(flight) ?? first
    if (at < first) first = at
    if (at > last) last = at
  }
  const tiles = windowTiles(group, { from: first, to: last, watermark: last })
  for (const flight of flights) tiles.add(flight)
  let [rows, check] = [0, 0]
  for (const row of tiles.rows()) {
    rows += 1
    check += Number(row['delay_3h'])
  }
  result[group.name] = [rows, check]
}
const { user, system } = process.cpuUsage(cpu)
const seconds = { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 }
console.log(JSON.stringify({ ...result, ...seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }))
