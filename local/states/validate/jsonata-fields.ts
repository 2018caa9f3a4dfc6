import { expressionIn } from '../jsonata/expression.ts'
import { graphFields, itemProcessor } from './graph-fields.ts'
import { invalid } from './problem.ts'
import type { Check } from './problem.ts'
import { catchers, retry } from './recovery-fields.ts'
import {
  all,
  anything,
  array,
  assign,
  exclusive,
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
const recovery = { Retry: retry, Catch: catchers(output) }

const condition: Check = (value, location, report) => {
  if (typeof value === 'boolean') return
  if (typeof value === 'string' && expressionIn(value) !== undefined) template(value, location, report)
  else report(invalid, 'Expected a boolean or a JSONata expression', location)
}

const choiceRule = fields({ Condition: condition, Next: text, Comment: text, ...output }, ['Condition', 'Next'])

/** The fields of each type of state in JSONata. */
export const jsonataFields: Readonly<Record<string, Check>> = {
  Pass: fields({ ...common, ...transition }),
  Task: fields(
    {
      ...common,
      ...transition,
      ...recovery,
      Resource: text,
      Arguments: template,
      TimeoutSeconds: seconds,
      HeartbeatSeconds: seconds,
    },
    ['Resource'],
  ),
  Choice: fields({ ...common, ...output, Choices: listOf(choiceRule, 1), Default: text }, ['Choices']),
  Wait: all(
    fields({
      ...common,
      ...transition,
      Seconds: orExpression(integer(0, 99_999_999)),
      Timestamp: orExpression(text),
    }),
    exclusive(['Seconds', 'Timestamp'], true),
  ),
  Succeed: fields({ ...common, Output: template }),
  Fail: fields({ ...common, Error: orExpression(text), Cause: orExpression(text) }),
  Map: fields(
    {
      ...common,
      ...transition,
      ...recovery,
      Items: orExpression(array),
      ItemSelector: template,
      ItemProcessor: itemProcessor,
      MaxConcurrency: orExpression(integer(0)),
      ToleratedFailureCount: orExpression(integer(0)),
      ToleratedFailurePercentage: orExpression(number(0, 100)),
    },
    ['ItemProcessor'],
  ),
  Parallel: fields({ ...common, ...transition, ...recovery, Arguments: template, Branches: listOf(graphFields(), 1) }, [
    'Branches',
  ]),
}
