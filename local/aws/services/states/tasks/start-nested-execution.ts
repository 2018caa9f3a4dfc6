import type { Json, JsonObject } from '@hopline/local-states'
import type { Attempt, Integration } from './attempt.ts'
import { optimisedErrors } from './error-names.ts'
import { optimisedResult } from './members.ts'
import { argumentsOf, request } from './request.ts'
import { responseMetadata } from './response-metadata.ts'
import { runJob } from './run-job.ts'

const api = (name: string) => ({ service: 'states', name, errors: optimisedErrors.states })

/** `Input` is JSON in a machine and text in the API. */
const withText = ({ Input, ...given }: JsonObject): JsonObject => ({
  ...given,
  ...(Input !== undefined && { Input: typeof Input === 'string' ? Input : JSON.stringify(Input) }),
})

const start = async (attempt: Attempt): Promise<JsonObject> => {
  const answer = await request(attempt, api('StartExecution'), withText(argumentsOf(attempt)))
  return { ...optimisedResult('states', answer), ...responseMetadata() }
}

/** `states:startExecution`: the other execution goes its own way. */
export const startNestedExecution: Integration = start

const shownMembers = new Set([
  'Cause',
  'Error',
  'ExecutionArn',
  'Input',
  'InputDetails',
  'Name',
  'Output',
  'OutputDetails',
  'StartDate',
  'StateMachineArn',
  'Status',
  'StopDate',
])

const parsed = (text: Json | undefined) => {
  if (typeof text !== 'string') return undefined
  const value: Json = JSON.parse(text)
  return value
}

/** `.sync`, whose Input and Output are JSON text, and `.sync:2`, where they are JSON. */
export const runNestedExecution =
  (version: 1 | 2): Integration =>
  async (attempt) => {
    let executionArn: Json = null
    const description = await runJob(attempt, {
      start: async () => {
        const answer = await start(attempt)
        executionArn = answer['ExecutionArn'] ?? null
        return answer
      },
      describe: async () => {
        const answer = await request(attempt, api('DescribeExecution'), { ExecutionArn: executionArn })
        const members = Object.entries(optimisedResult('states', answer)).filter(([name]) => shownMembers.has(name))
        return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)))
      },
      statusOf: ({ Status }) => {
        if (Status === 'RUNNING') return 'running'
        return Status === 'SUCCEEDED' ? 'succeeded' : 'failed'
      },
      stop: () => request(attempt, api('StopExecution'), { ExecutionArn: executionArn }),
    })
    if (version === 1) return description
    const [Input, Output] = [parsed(description['Input']), parsed(description['Output'])]
    return { ...description, ...(Input !== undefined && { Input }), ...(Output !== undefined && { Output }) }
  }
