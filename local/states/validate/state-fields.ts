import { expressionIn } from '../jsonata/expression.ts'
import { invalid } from './problem.ts'
import type { Check } from './problem.ts'
import { recoveryFields } from './recovery-fields.ts'
import {
  anything,
  array,
  assign,
  fields,
  flag,
  integer,
  listOf,
  number,
  orExpression,
  template,
  text,
} from './values.ts'

const seconds = orExpression(integer(1, 99_999_999))
const common = { Type: text, Comment: text, QueryLanguage: anything }
const output = { Output: template, Assign: assign }
const transition = { ...output, Next: text, End: flag }

const condition: Check = (value, location, report) => {
  if (typeof value === 'boolean') return
  if (typeof value === 'string' && expressionIn(value) !== undefined) template(value, location, report)
  else report(invalid, 'Expected a boolean or a JSONata expression', location)
}

const choiceRule = fields({ Condition: condition, Next: text, Comment: text, ...output }, ['Condition', 'Next'])

const inlineOnly = fields({
  Mode: (value, location, report) => {
    if (value !== 'INLINE') report(invalid, 'Only INLINE is supported by this implementation', location)
  },
})

/** A graph inside a state; its states are looked at by the walk over all graphs. */
const graph = (more: Readonly<Record<string, Check>> = {}) =>
  fields({ StartAt: text, States: anything, Comment: text, ...more }, ['StartAt', 'States'])

/** The fields of each type of state, in JSONata. */
export const stateFields: Readonly<Record<string, Check>> = {
  Pass: fields({ ...common, ...transition }),
  Task: fields(
    {
      ...common,
      ...transition,
      ...recoveryFields,
      Resource: text,
      Arguments: template,
      TimeoutSeconds: seconds,
      HeartbeatSeconds: seconds,
    },
    ['Resource'],
  ),
  Choice: fields({ ...common, ...output, Choices: listOf(choiceRule, 1), Default: text }, ['Choices']),
  Wait: fields({
    ...common,
    ...transition,
    Seconds: orExpression(integer(0, 99_999_999)),
    Timestamp: orExpression(text),
  }),
  Succeed: fields({ ...common, Output: template }),
  Fail: fields({ ...common, Error: orExpression(text), Cause: orExpression(text) }),
  Map: fields(
    {
      ...common,
      ...transition,
      ...recoveryFields,
      Items: orExpression(array),
      ItemSelector: template,
      ItemProcessor: graph({ ProcessorConfig: inlineOnly }),
      MaxConcurrency: orExpression(integer(0)),
      ToleratedFailureCount: orExpression(integer(0)),
      ToleratedFailurePercentage: orExpression(number(0, 100)),
    },
    ['ItemProcessor'],
  ),
  Parallel: fields({ ...common, ...transition, ...recoveryFields, Arguments: template, Branches: listOf(graph(), 1) }, [
    'Branches',
  ]),
}

export const machineFields = fields(
  {
    Comment: text,
    QueryLanguage: anything,
    StartAt: text,
    States: anything,
    TimeoutSeconds: integer(1, 99_999_999),
    Version: text,
  },
  ['StartAt', 'States'],
)
