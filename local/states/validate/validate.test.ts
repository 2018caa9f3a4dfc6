import { describe, expect, it } from '@jest/globals'
import { taskResources } from './task-resources.ts'
import { isStateMachine, validate } from './validate.ts'

const pass = { Type: 'Pass', End: true }
const graph = (States: object, StartAt = Object.keys(States)[0]) => ({ StartAt, States })
const machine = (States: object, more: object = {}) => ({ QueryLanguage: 'JSONata', ...graph(States), ...more })
const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true }

const codes = (definition: unknown) => validate(definition).map(({ code, location }) => `${code} ${location}`)
const schema = (definition: unknown) => validate(definition).map(({ message, location }) => `${location}: ${message}`)

describe('a machine', () => {
  it('that is right has no problem', () => {
    const definition = machine({
      Start: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.go %}', Next: 'Fork' }], Default: 'Stop' },
      Fork: {
        Type: 'Parallel',
        Branches: [graph({ Ask: { ...task, TimeoutSeconds: '{% 5 %}', Retry: [{ ErrorEquals: ['States.ALL'] }] } })],
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          ...graph({ Rest: { Type: 'Wait', Seconds: 1, End: true } }),
        },
        Catch: [{ ErrorEquals: ['Odd'], Next: 'Stop', Assign: { why: '{% $states.errorOutput %}' } }],
        End: true,
      },
      Stop: { Type: 'Fail', Error: 'Stopped' },
    })
    expect(validate(definition)).toEqual([])
    expect(isStateMachine(definition)).toBe(true)
  })

  it.each([
    ['a text', 'machine', 'SCHEMA_VALIDATION_FAILED /'],
    [
      'an unknown language',
      machine({ A: pass }, { QueryLanguage: 'XPath' }),
      'SCHEMA_VALIDATION_FAILED /QueryLanguage',
    ],
    ['no StartAt', { QueryLanguage: 'JSONata', States: { A: pass } }, 'SCHEMA_VALIDATION_FAILED '],
    ['a StartAt to nowhere', machine({ A: pass }, { StartAt: 'B' }), 'MISSING_TRANSITION_TARGET /StartAt'],
    [
      'a Next to nowhere',
      machine({ A: { Type: 'Pass', Next: 'B' }, Z: pass }),
      'MISSING_TRANSITION_TARGET /States/A/Next',
    ],
    [
      'a state of a name that objects have',
      machine({ A: { Type: 'Pass', Next: 'toString' } }),
      'MISSING_TRANSITION_TARGET /States/A/Next',
    ],
    ['a state that nothing reaches', machine({ A: pass, B: pass }), 'MISSING_TRANSITION_TARGET /States/B'],
    ['no end', machine({ A: { Type: 'Pass', Next: 'A' } }), 'MISSING_END_STATE /States'],
    [
      'a name with 81 characters',
      machine({ ['a'.repeat(81)]: pass }),
      `SCHEMA_VALIDATION_FAILED /States/${'a'.repeat(81)}`,
    ],
    ['an unknown type', machine({ A: { Type: 'Goto', End: true } }), 'SCHEMA_VALIDATION_FAILED /States/A/Type'],
    ['an unknown field', machine({ A: { ...pass, InputPath: '$' } }), 'SCHEMA_VALIDATION_FAILED /States/A'],
    ['Next beside End', machine({ A: { ...pass, Next: 'A' } }), 'SCHEMA_VALIDATION_FAILED /States/A'],
    ['neither Next nor End', machine({ A: { Type: 'Pass' }, B: pass }), 'SCHEMA_VALIDATION_FAILED /States/A'],
    ['a Wait for nothing', machine({ A: { Type: 'Wait', End: true } }), 'SCHEMA_VALIDATION_FAILED /States/A'],
    [
      'a state in JSONPath',
      machine({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
      'SCHEMA_VALIDATION_FAILED /States/A/QueryLanguage',
    ],
    [
      'a distributed Map',
      machine({
        A: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...graph({ B: pass }) },
          End: true,
        },
      }),
      'SCHEMA_VALIDATION_FAILED /States/A/ItemProcessor/ProcessorConfig/Mode',
    ],
    [
      'JSONata with a syntax error',
      machine({ A: { ...pass, Output: { a: '{% 1 + %}' } } }),
      'INVALID_JSONATA_EXPRESSION /States/A/Output/a',
    ],
    [
      'a Condition without JSONata',
      machine({ A: { Type: 'Choice', Choices: [{ Condition: 'true', Next: 'B' }] }, B: pass }),
      'SCHEMA_VALIDATION_FAILED /States/A/Choices[0]/Condition',
    ],
    [
      'a timeout of 0',
      machine({ A: { ...task, TimeoutSeconds: 0 } }),
      'SCHEMA_VALIDATION_FAILED /States/A/TimeoutSeconds',
    ],
    [
      'a variable called states',
      machine({ A: { ...pass, Assign: { states: 1 } } }),
      'INVALID_VARIABLE_NAME /States/A/Assign',
    ],
    [
      'a variable with a dash',
      machine({ A: { ...pass, Assign: { 'a-b': 1 } } }),
      'INVALID_VARIABLE_NAME /States/A/Assign',
    ],
  ])('with %s is refused', (_, definition, problem) => {
    expect(codes(definition)).toContain(problem)
    expect(isStateMachine(definition)).toBe(false)
  })

  it('has each state name once, also inside other states', () => {
    const definition = machine({ A: { Type: 'Parallel', Branches: [graph({ A: pass })], End: true } })
    expect(codes(definition)).toEqual(['DUPLICATE_STATE_NAME /States/A/Branches[0]/States/A'])
  })
})

describe('Retry and Catch', () => {
  const withRetry = (...Retry: object[]) => schema(machine({ A: { ...task, Retry } }))

  it.each([
    [[{}], "/States/A/Retry[0]: The field 'ErrorEquals' is required but was missing"],
    [[{ ErrorEquals: [] }], '/States/A/Retry[0]/ErrorEquals: Expected at least 1 item(s)'],
    [[{ ErrorEquals: ['States.ALL', 'Odd'] }], '/States/A/Retry[0]/ErrorEquals: States.ALL must appear alone'],
    [
      [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['Odd'] }],
      '/States/A/Retry[0]/ErrorEquals: States.ALL must be in the last entry',
    ],
    [
      [{ ErrorEquals: ['States.Odd'] }],
      "/States/A/Retry[0]/ErrorEquals: 'States.Odd' is none of the names that begin with States.",
    ],
    [
      [{ ErrorEquals: ['Odd'], IntervalSeconds: 0 }],
      '/States/A/Retry[0]/IntervalSeconds: Expected value of type integer from 1 to 99999999',
    ],
    [
      [{ ErrorEquals: ['Odd'], BackoffRate: 0.5 }],
      '/States/A/Retry[0]/BackoffRate: Expected value of type number, at least 1',
    ],
    [
      [{ ErrorEquals: ['Odd'], JitterStrategy: 'SOME' }],
      '/States/A/Retry[0]/JitterStrategy: JitterStrategy is FULL or NONE',
    ],
    [
      [{ ErrorEquals: ['Odd'], IntervalSeconds: 5, MaxDelaySeconds: 5 }],
      '/States/A/Retry[0]/MaxDelaySeconds: MaxDelaySeconds must be greater than IntervalSeconds',
    ],
  ])('%j is refused', (retry, problem) => {
    expect(withRetry(...retry)).toContain(problem)
  })

  it('a catcher leads to a state of its own graph', () => {
    const inner = graph({ B: { ...task, Catch: [{ ErrorEquals: ['Odd'], Next: 'Outside' }] } })
    const definition = machine({ A: { Type: 'Parallel', Branches: [inner], Next: 'Outside' }, Outside: pass })
    expect(codes(definition)).toEqual(['MISSING_TRANSITION_TARGET /States/A/Branches[0]/States/B/Catch[0]/Next'])
  })
})

describe('variables', () => {
  const inner = graph({ B: { ...pass, Assign: { a: 1 } } })

  it('of an outer scope are not assigned in an inner one', () => {
    const definition = machine({
      Set: { Type: 'Pass', Assign: { a: 0 }, Next: 'A' },
      A: { Type: 'Parallel', Branches: [inner], End: true },
    })
    expect(codes(definition)).toEqual(['DUPLICATE_VARIABLE /States/A/Branches[0]/States/B'])
  })

  it('of a branch may be assigned by the Catch around it', () => {
    const Catch = [{ ErrorEquals: ['Odd'], Assign: { a: 2 }, Next: 'C' }]
    const definition = machine({ A: { Type: 'Parallel', Branches: [inner], Catch, Next: 'C' }, C: pass })
    expect(validate(definition)).toEqual([])
  })
})

it('the resources of all tasks are found, wherever they are', () => {
  const definition = machine({
    A: { ...task, End: false, Next: 'B' },
    B: { Type: 'Map', ItemProcessor: graph({ C: { ...task, Resource: 'arn:c' } }), End: true },
  })
  expect(taskResources(definition)).toEqual([
    { resource: 'arn:aws:states:::lambda:invoke', location: '/States/A/Resource' },
    { resource: 'arn:c', location: '/States/B/ItemProcessor/States/C/Resource' },
  ])
})
