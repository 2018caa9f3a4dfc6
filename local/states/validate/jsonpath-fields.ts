import { choiceRule } from './choice-rule.ts'
import { graphFields, itemProcessor } from './graph-fields.ts'
import { dynamic, path, pathOrNull, payloadAssign, payloadTemplate, resultPath } from './jsonpath-values.ts'
import type { Check } from './problem.ts'
import { catchers, retry } from './recovery-fields.ts'
import { all, anything, exclusive, fields, flag, integer, listOf, number, text } from './values.ts'

const common = { Type: text, Comment: text, QueryLanguage: anything, InputPath: pathOrNull, OutputPath: pathOrNull }
const transition = { Next: text, End: flag, Assign: payloadAssign }
const result = { ResultPath: resultPath, ResultSelector: payloadTemplate }
const recovery = { Retry: retry, Catch: catchers({ ResultPath: resultPath, Assign: payloadAssign }) }
const seconds = integer(1, 99_999_999)
const twins = (...names: readonly string[]) => all(...names.map((name) => exclusive([name, `${name}Path`])))

/** The fields of each type of state in JSONPath. */
export const jsonpathFields: Readonly<Record<string, Check>> = {
  Pass: fields({ ...common, ...transition, Parameters: payloadTemplate, Result: anything, ResultPath: resultPath }),
  Task: all(
    fields(
      {
        ...common,
        ...transition,
        ...result,
        ...recovery,
        Resource: text,
        Parameters: payloadTemplate,
        TimeoutSeconds: seconds,
        TimeoutSecondsPath: path,
        HeartbeatSeconds: seconds,
        HeartbeatSecondsPath: path,
      },
      ['Resource'],
    ),
    twins('TimeoutSeconds', 'HeartbeatSeconds'),
  ),
  Choice: fields({ ...common, Assign: payloadAssign, Choices: listOf(choiceRule, 1), Default: text }, ['Choices']),
  Wait: all(
    fields({
      ...common,
      ...transition,
      Seconds: integer(0, 99_999_999),
      SecondsPath: path,
      Timestamp: text,
      TimestampPath: path,
    }),
    exclusive(['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'], true),
  ),
  Succeed: fields(common),
  Fail: all(
    fields({
      Type: text,
      Comment: text,
      QueryLanguage: anything,
      Error: text,
      ErrorPath: dynamic,
      Cause: text,
      CausePath: dynamic,
    }),
    twins('Error', 'Cause'),
  ),
  Map: all(
    fields({
      ...common,
      ...transition,
      ...result,
      ...recovery,
      ItemsPath: path,
      ItemSelector: payloadTemplate,
      Parameters: payloadTemplate,
      ItemProcessor: itemProcessor,
      Iterator: itemProcessor,
      MaxConcurrency: integer(0),
      MaxConcurrencyPath: path,
      ToleratedFailureCount: integer(0),
      ToleratedFailureCountPath: path,
      ToleratedFailurePercentage: number(0, 100),
      ToleratedFailurePercentagePath: path,
    }),
    twins('MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'),
    exclusive(['ItemProcessor', 'Iterator'], true),
    exclusive(['ItemSelector', 'Parameters']),
  ),
  Parallel: fields(
    {
      ...common,
      ...transition,
      ...result,
      ...recovery,
      Parameters: payloadTemplate,
      Branches: listOf(graphFields(), 1),
    },
    ['Branches'],
  ),
}
