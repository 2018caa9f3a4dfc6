import { describe, expect, it } from '@jest/globals'
import { validate } from './validate.ts'

const pass = { Type: 'Pass', End: true }
const toBoth = { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'B' }], Default: 'A' }
const problems = (state: object) =>
  validate({ StartAt: 'Z', States: { Z: toBoth, A: state, B: pass } }).map(
    ({ message, location }) => `${location.replace('/States/A', '')}: ${message}`,
  )
const choice = (rule: object) => ({ Type: 'Choice', Choices: [{ Next: 'B', ...rule }] })
const processor = { StartAt: 'C', States: { C: pass } }

describe('a state in JSONPath', () => {
  it.each([
    { ...pass, InputPath: null, Parameters: { 'a.$': '$.b', c: [{ 'd.$': 'States.UUID()' }] }, ResultPath: '$.x[0]' },
    { Type: 'Task', Resource: 'r', TimeoutSecondsPath: '$.t', ResultSelector: { 'a.$': '$$.Task.Token' }, End: true },
    { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'B' }], End: true },
    { Type: 'Wait', TimestampPath: '$.t', End: true },
    { Type: 'Map', ItemsPath: '$.l', Iterator: processor, Parameters: { 'a.$': '$$.Map.Item.Value' }, End: true },
    choice({ And: [{ Variable: '$.a', IsPresent: true }, { Not: { Variable: '$.a', NumericEquals: 1 } }] }),
    { ...pass, QueryLanguage: 'JSONata', Output: '{% 1 %}' },
  ])('%j is right', (state) => {
    expect(problems(state)).toEqual([])
  })

  it.each([
    [{ ...pass, Output: '{% 1 %}' }, ": Field 'Output' is not supported"],
    [{ ...pass, InputPath: 'a' }, "/InputPath: Invalid path 'a': '$' was expected at character 1"],
    [{ ...pass, ResultPath: '$.a[*]' }, '/ResultPath: Value is not a Reference Path'],
    [{ ...pass, ResultPath: '$$.a' }, '/ResultPath: Value is not a Reference Path'],
    [
      { ...pass, Parameters: { l: [{ 'a.$': 'b' }] } },
      "/Parameters/l[0]/a.$: The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call: '$' was expected at character 1",
    ],
    [
      { ...pass, Parameters: { 'a.$': 1 } },
      "/Parameters/a.$: The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call: it is no text",
    ],
    [
      { ...pass, Parameters: { 'a.$': 'States.Sort($)' } },
      "/Parameters/a.$: The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call: There is no intrinsic function States.Sort at character 12",
    ],
    [{ ...pass, Assign: { 'states.$': '$' } }, "/Assign: 'states' is reserved"],
    [
      { Type: 'Task', Resource: 'r', TimeoutSeconds: 1, TimeoutSecondsPath: '$.t', End: true },
      ": At most one of 'TimeoutSeconds' and 'TimeoutSecondsPath' is allowed",
    ],
    [
      { Type: 'Wait', Seconds: 1, SecondsPath: '$.s', End: true },
      ": Exactly one of 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath' is required",
    ],
    [{ Type: 'Map', End: true }, ": Exactly one of 'ItemProcessor' and 'Iterator' is required"],
    [choice({ Variable: '$.a' }), '/Choices[0]: A choice rule needs exactly one operator'],
    [
      choice({ Variable: '$.a', IsNull: true, NumericEquals: 1 }),
      '/Choices[0]: A choice rule needs exactly one operator',
    ],
    [choice({ IsNull: true }), '/Choices[0]: A comparison, and nothing else, needs a Variable'],
    [choice({ Variable: '$.a', NumericEquals: '1' }), '/Choices[0]/NumericEquals: Expected value of type number'],
    [choice({ Not: { Variable: '$.a', IsNull: true, Next: 'B' } }), "/Choices[0]/Not: Field 'Next' is not supported"],
    [
      { ...choice({ Variable: '$.a', IsNull: true, Next: undefined }) },
      "/Choices[0]: The field 'Next' is required but was missing",
    ],
  ])('%j is refused', (state, problem) => {
    expect(problems(state)).toContain(problem)
  })
})
