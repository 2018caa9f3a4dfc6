import { isRecord } from '../../../core/is-record.ts'

const executionDataMembers = new Set(['input', 'output', 'parameters', 'assignedVariables'])

/** The details of events without what went in and came out. */
export const withoutData = (event: object) =>
  Object.fromEntries(
    Object.entries(event).map(([name, member]) => [
      name,
      isRecord(member)
        ? Object.fromEntries(Object.entries(member).filter(([detail]) => !executionDataMembers.has(detail)))
        : member,
    ]),
  )
