import * as z from 'zod'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { SqsError } from './sqs-error.ts'

export interface QueueRecord {
  readonly name: string
  readonly created: number
  readonly modified: number
  /** What was set; `attributesOf` adds the defaults. */
  readonly attributes: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly purged?: number | undefined
  /** How many messages were ever sent: it numbers them. */
  readonly sent: number
}

export const QueueUrl = z.string().min(1)
export const Tags = z.record(z.string().min(1).max(128), z.string().max(256))

export const queuesOf = ({ store }: Pick<Platform, 'store'>) => store.table<QueueRecord>('sqs.queues')
export const queueArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:sqs:${region}:${account}:${name}`
export const queueUrl = ({ url, account }: Platform, name: string): string => `${url}/${account}/${name}`

/** The port may have changed since the URL was given out: only the name counts. */
export const nameInUrl = (url: string): string => url.split('/').at(-1) ?? url
export const isFifo = ({ name }: QueueRecord): boolean => name.endsWith('.fifo')

export const permission = (platform: Platform, action: string, url: string): Permission => ({
  action: `sqs:${action}`,
  resource: queueArn(platform, nameInUrl(url)),
})

/** The queue, or QueueDoesNotExist. */
export const queueNamed = (platform: Platform, name: string): QueueRecord => {
  const queue = queuesOf(platform).get(name)
  if (!queue) throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.')
  return queue
}
export const queueAt = (platform: Platform, url: string): QueueRecord => queueNamed(platform, nameInUrl(url))
