import * as z from 'zod'
import { isRecord } from '../../core/is-record.ts'
import type { Platform } from '../../core/platform.ts'
import { busArn } from './event-bus.ts'

/** One entry of PutEvents; what is missing is an error of the entry, not of the request. */
export const entryInput = z.strictObject({
  Time: z.number().optional(),
  Source: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default('default'),
})

export type Entry = z.infer<typeof entryInput>

/** What PutEvents says of an entry that it does not take. */
export interface EntryProblem {
  readonly ErrorCode: string
  readonly ErrorMessage: string
}

/** An entry that can be an event. */
export interface CheckedEntry {
  readonly source: string
  readonly detailType: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

const missing = (name: string): EntryProblem => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The entry as an event's parts, or what is wrong with it, in AWS's words. */
export const checkedEntry = (platform: Platform, entry: Entry): CheckedEntry | EntryProblem => {
  const { Source: source, DetailType: detailType, Resources: resources, EventBusName } = entry
  if (!source) return missing('Source')
  if (!detailType) return missing('DetailType')
  if (!entry.Detail) return missing('Detail')
  if (source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' }
  const detail = parsed(entry.Detail)
  if (!isRecord(detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
  if (EventBusName !== 'default' && EventBusName !== busArn(platform))
    return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${EventBusName} does not exist.` }
  return { source, detailType, resources, detail }
}

const timeBytes = 14

/** An entry's part of the 256 KB of a request, as the documentation of PutEvents counts it. */
export const entryBytes = ({ Time, Source = '', DetailType = '', Detail = '', Resources }: Entry): number =>
  (Time === undefined ? 0 : timeBytes) +
  [Source, DetailType, Detail, ...Resources].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0)
