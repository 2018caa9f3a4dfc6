import { AwsError } from '../../../core/errors.ts'
import { cron } from './cron.ts'

/** The first time after `after` of a schedule that began at `since`; all in milliseconds since 1970. */
export type Schedule = (after: number, since: number) => number | undefined

const unitsMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

const rate = (count: number, unit: string, plural: boolean): Schedule | undefined => {
  const unitMs = unitsMs[unit]
  if (unitMs === undefined || (count === 1) === plural) return undefined
  const periodMs = count * unitMs
  return (after, since) => since + (Math.floor(Math.max(0, after - since) / periodMs) + 1) * periodMs
}

const read = (expression: string): Schedule | undefined => {
  const [, count, unit = '', plural] = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? []
  if (count !== undefined) return rate(Number(count), unit, plural === 's')
  const [, fields] = /^cron\((.+)\)$/.exec(expression) ?? []
  return fields === undefined ? undefined : cron(fields)
}

/** Reads `rate(5 minutes)` or `cron(0 10 * * ? *)`. ValidationException for anything else. */
export const checkedSchedule = (expression: string): Schedule => {
  const schedule = read(expression)
  if (!schedule) throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.')
  return schedule
}
