import { kinds } from '@hopline/local-states'
import type { Json, JsonObject } from '@hopline/local-states'
import type { Attempt, Integration } from './attempt.ts'
import { optimisedErrors } from './error-names.ts'
import { optimisedResult } from './members.ts'
import { asText } from './optimised-request.ts'
import { argumentsOf, request } from './request.ts'
import { responseMetadata } from './response-metadata.ts'
import { runJob } from './run-job.ts'

const api = (name: string) => ({ service: 'states', name, errors: optimisedErrors.states })

const start = async (attempt: Attempt): Promise<JsonObject> => {
  const answer = await request(attempt, api('StartExecution'), asText('Input')(argumentsOf(attempt)))
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
  'RedriveCount',
  'RedriveStatus',
  'RedriveStatusReason',
  'StartDate',
  'StateMachineArn',
  'Status',
  'StopDate',
])

const parsed = (description: JsonObject): JsonObject => {
  const members = Object.entries(description).map(([name, value]): [string, Json] =>
    ['Input', 'Output'].includes(name) && kinds.string.is(value) ? [name, JSON.parse(value)] : [name, value],
  )
  return Object.fromEntries(members)
}

/** `.sync`, whose Input and Output are JSON text, and `.sync:2`, where they are JSON. */
export const runNestedExecution =
  (version: 1 | 2): Integration =>
  (attempt) => {
    let executionArn: Json = null
    return runJob(attempt, {
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
      ...(version === 2 && { resultOf: parsed }),
      stop: () => request(attempt, api('StopExecution'), { ExecutionArn: executionArn }),
    })
  }
