import { AwsError } from './errors.ts'
import type { Principal } from './operation.ts'
import type { Platform } from './platform.ts'

/** Where CloudWatch keeps a program's output, and who writes it there. */
export interface LogPlace {
  readonly group: string
  readonly stream: string
  readonly principal: Principal
}

interface LogEvent {
  readonly timestamp: number
  readonly message: string
}

const deliverAfterMs = 500
/** Limits of one PutLogEvents; each event counts 26 bytes beside its text. */
const most = { events: 10_000, bytes: 1_048_576, eventOverhead: 26 }

const batches = (events: readonly LogEvent[]): LogEvent[][] => {
  const all: LogEvent[][] = [[]]
  let bytes = 0
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + most.eventOverhead
    if (bytes + size > most.bytes || all.at(-1)?.length === most.events) {
      all.push([])
      bytes = 0
    }
    bytes += size
    all.at(-1)?.push(event)
  }
  return all
}

const unless = (code: string) => (error: unknown) => {
  if (!(error instanceof AwsError) || error.code !== code) throw error
}

/** Sends lines to the logs service, about half a second after they were written, or at `deliver`. */
export const openLogStream = (platform: Platform, { group, stream, principal }: LogPlace) => {
  const place = { logGroupName: group, logStreamName: stream }
  const call = async (name: string, input: unknown) => {
    await platform.call('logs', name, input, principal)
  }
  let pending: LogEvent[] = []
  let timer: NodeJS.Timeout | undefined
  let delivery = Promise.resolve()
  let created = false

  const create = async () => {
    if (created) return
    const exists = unless('ResourceAlreadyExistsException')
    await call('CreateLogStream', place)
      .catch(async (error: unknown) => {
        unless('ResourceNotFoundException')(error)
        await call('CreateLogGroup', { logGroupName: group }).catch(exists)
        await call('CreateLogStream', place)
      })
      .catch(exists)
    created = true
  }
  const put = async (events: readonly LogEvent[]) => {
    await create()
    for (const logEvents of batches(events)) await call('PutLogEvents', { ...place, logEvents })
  }
  const deliver = () => {
    clearTimeout(timer)
    timer = undefined
    const events = pending
    pending = []
    if (events.length === 0) return
    delivery = delivery
      .then(() => put(events))
      .catch((error: unknown) => {
        platform.log('logs', 'log lines not delivered', { group, lines: events.length, cause: String(error) })
      })
  }
  return {
    /** Blank lines are left out: CloudWatch refuses them. */
    write: (message: string) => {
      if (message === '') return
      pending.push({ timestamp: platform.clock.now(), message })
      timer ??= setTimeout(deliver, deliverAfterMs).unref()
    },
    deliver,
    /** Resolves when the logs service has all lines. */
    close: async () => {
      deliver()
      await delivery
    },
  }
}
