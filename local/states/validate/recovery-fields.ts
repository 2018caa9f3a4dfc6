import { isObject } from '../json.ts'
import { invalid } from './problem.ts'
import type { Check } from './problem.ts'
import { fields, integer, listOf, number, text } from './values.ts'

const reserved = new Set([
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
])

const errorEquals: Check = (value, location, report) => {
  listOf(text, 1)(value, location, report)
  if (!Array.isArray(value)) return
  if (value.length > 1 && value.includes('States.ALL')) report(invalid, 'States.ALL must appear alone', location)
  for (const name of value) {
    if (
      typeof name === 'string' &&
      name.startsWith('States.') &&
      !reserved.has(name) &&
      !name.startsWith('States.Http.')
    ) {
      report(invalid, `'${name}' is none of the names that begin with States.`, location)
    }
  }
}

const allLast =
  (rule: Check): Check =>
  (value, location, report) => {
    listOf(rule)(value, location, report)
    if (!Array.isArray(value)) return
    value.slice(0, -1).forEach((entry, index) => {
      if (isObject(entry) && Array.isArray(entry['ErrorEquals']) && entry['ErrorEquals'].includes('States.ALL')) {
        report(invalid, 'States.ALL must be in the last entry', `${location}[${index}]/ErrorEquals`)
      }
    })
  }

const jitter: Check = (value, location, report) => {
  if (value !== 'FULL' && value !== 'NONE') report(invalid, 'JitterStrategy is FULL or NONE', location)
}

const retrier: Check = (value, location, report) => {
  const known = {
    ErrorEquals: errorEquals,
    Comment: text,
    IntervalSeconds: integer(1, 99_999_999),
    MaxAttempts: integer(0, 99_999_999),
    BackoffRate: number(1),
    MaxDelaySeconds: integer(1, 31_622_399),
    JitterStrategy: jitter,
  }
  fields(known, ['ErrorEquals'])(value, location, report)
  if (!isObject(value) || typeof value['MaxDelaySeconds'] !== 'number') return
  if (value['MaxDelaySeconds'] <= Number(value['IntervalSeconds'] ?? 1)) {
    report(invalid, 'MaxDelaySeconds must be greater than IntervalSeconds', `${location}/MaxDelaySeconds`)
  }
}

export const retry = allLast(retrier)

/** A Catch whose catchers have these fields beside the common ones. */
export const catchers = (more: Readonly<Record<string, Check>>): Check =>
  allLast(fields({ ErrorEquals: errorEquals, Comment: text, Next: text, ...more }, ['ErrorEquals', 'Next']))
