import * as z from 'zod'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { Store, Table } from '../../core/store.ts'
import { invalidParameter, notFound } from './sns-error.ts'

/** A topic as it is kept. */
export interface Topic {
  readonly name: string
  readonly arn: string
  readonly attributes: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
}

export const topicArnInput = z.string().regex(/^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, 'TopicArn')
export const tagsInput = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) }))

export const topics = (store: Store): Table<Topic> => store.table('sns.topics')

export const topicArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:sns:${region}:${account}:${name}`
export const nameIn = (arn: string): string => arn.split(':')[5] ?? ''

export const needs = (action: string, arn: string): Permission[] => [{ action: `sns:${action}`, resource: arn }]

export const existingTopic = ({ store }: Platform, arn: string): Topic => {
  const found = topics(store).get(nameIn(arn))
  if (found?.arn !== arn) throw notFound('Topic')
  return found
}

const settable = new Set(['DisplayName', 'Policy', 'KmsMasterKeyId', 'DeliveryPolicy'])

/** Attributes that a topic can have; FIFO topics are refused. */
export const checkAttributes = (attributes: Readonly<Record<string, string>>): void => {
  const [unknown] = Object.keys(attributes).filter((name) => !settable.has(name))
  if (unknown !== undefined) throw invalidParameter(`AttributeName ${unknown} is not supported`)
}
