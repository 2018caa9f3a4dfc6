import { rowFunction } from '@hopline/pipeline'
import type { Value, Values } from '@hopline/pipeline'
import { pipelineNamed } from '@hopline/pipelines'
import { acceptedFlights } from '@hopline/proof-contract/raw-flights'

/** The features of a flight as one would write them without the contract: fast, and true of this pipeline only. */
const byHand = ({ origin, destination, left_at, distance, delay }: Values): Values => {
  if (typeof left_at !== 'bigint' || typeof distance !== 'number' || typeof delay !== 'number') return {}
  const hours = Math.floor(Number(left_at / 1_000_000n) / 3600)
  return {
    origin: origin ?? null,
    destination: destination ?? null,
    left_at,
    distance,
    delay,
    late: delay > 15,
    hour: hours % 24,
    weekday: ((Math.floor(hours / 24) + 3) % 7) + 1,
    landed_at: left_at + BigInt(Math.floor(distance / 7) + 45) * 60_000_000n,
  }
}

/** The same with the platform's calendar, as most would write it. */
const byCalendar = ({ origin, destination, left_at, distance, delay }: Values): Values => {
  if (typeof left_at !== 'bigint' || typeof distance !== 'number' || typeof delay !== 'number') return {}
  const date = new Date(Number(left_at / 1000n))
  return {
    origin: origin ?? null,
    destination: destination ?? null,
    left_at,
    distance,
    delay,
    late: delay > 15,
    hour: date.getUTCHours(),
    weekday: date.getUTCDay() || 7,
    landed_at: left_at + BigInt(Math.floor(distance / 7) + 45) * 60_000_000n,
  }
}

const { spine } = pipelineNamed('flight_delays')
const flights: Values[] = []
for await (const flight of acceptedFlights(spine, 500_000)) flights.push(flight)

const functions = { contract: rowFunction(spine), 'by hand': byHand, 'by calendar': byCalendar }
/** Results are kept for a moment, or the compiler would not make them. */
const kept: (Values | Value)[] = Array.from({ length: 1024 }, () => null)

const times: Record<string, number[]> = {}
for (let run = 0; run < 12; run += 1) {
  for (const [name, of] of Object.entries(functions)) {
    const cpu = process.cpuUsage()
    for (let at = 0; at < flights.length; at += 1) kept[at & 1023] = of(flights[at] ?? {})
    if (run > 2) (times[name] ??= []).push(flights.length / process.cpuUsage(cpu).user)
  }
}
const median = (of: readonly number[] = []) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN
console.log(JSON.stringify(Object.fromEntries(Object.entries(times).map(([name, of]) => [name, median(of)]))))
