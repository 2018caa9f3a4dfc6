import { expect, test } from '@jest/globals'
import { checkedSchedule } from './schedule.ts'

const next = (expression: string, after: string, since = after) => {
  const time = checkedSchedule(expression)(Date.parse(after), Date.parse(since))
  return time === undefined ? undefined : new Date(time).toISOString().replace(':00.000Z', '')
}

test('a rate counts from the last change of its rule', () => {
  expect(next('rate(1 minute)', '2026-11-25T10:00:00Z')).toBe('2026-11-25T10:01')
  expect(next('rate(5 minutes)', '2026-11-25T10:07:00Z', '2026-11-25T10:01:00Z')).toBe('2026-11-25T10:11')
  expect(next('rate(2 hours)', '2026-11-25T12:00:00Z', '2026-11-25T10:00:00Z')).toBe('2026-11-25T14:00')
  expect(next('rate(1 day)', '2026-11-25T10:00:00Z')).toBe('2026-11-26T10:00')
})

test.each([
  ['cron(15 10 * * ? *)', '2026-11-25T10:15'],
  ['cron(0 10 * * ? *)', '2026-11-26T10:00'],
  ['cron(0/15 * * * ? *)', '2026-11-25T10:15'],
  ['cron(5,35 14 * * ? *)', '2026-11-25T14:05'],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-25T18:00'],
  ['cron(0 8 1 * ? *)', '2026-12-01T08:00'],
  ['cron(0 8 ? * 1 *)', '2026-11-29T08:00'],
  ['cron(0 8 ? * L *)', '2026-11-28T08:00'],
  ['cron(0 8 ? * 6L *)', '2026-11-27T08:00'],
  ['cron(0 8 ? * TUE#1 *)', '2026-12-01T08:00'],
  ['cron(0 8 L * ? *)', '2026-11-30T08:00'],
  ['cron(0 8 LW JAN ? 2027)', '2027-01-29T08:00'],
  ['cron(0 8 1W AUG ? 2027)', '2027-08-02T08:00'],
  ['cron(0 8 29 FEB ? *)', '2028-02-29T08:00'],
  ['cron(0 8 31 FEB ? 2027)', undefined],
  ['cron(0 8 * * ? 2025)', undefined],
])('%s runs next at %s', (expression, time) => {
  expect(next(expression, '2026-11-25T10:00:30Z')).toBe(time)
})

test.each([
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'rate(5 seconds)',
  'cron(0 10 * * * *)',
  'cron(0 10 ? * ? *)',
  'cron(0 24 * * ? *)',
  'cron(60 10 * * ? *)',
  'cron(5-1 10 * * ? *)',
  'cron(0/0 10 * * ? *)',
  'cron(0 10 * * ?)',
  'cron(0 10 * FOO ? *)',
  'cron(0 10 32W * ? *)',
  'cron(0 10 ? * MON#6 *)',
  'at(2026-01-01T00:00:00)',
])('%s is refused', (expression) => {
  expect(() => checkedSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.')
})
