import { AwsError } from '../../../core/errors.ts'
import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'

/** Where CloudWatch keeps a container's output, and whose rights write it there. */
export interface LogPlace {
  readonly group: string
  readonly stream: string
  readonly roleArn: string
}

const deliverAfterMs = 500

/** Sends lines to the logs service, about half a second after they were written. */
export const openLogStream = (platform: Platform, { group, stream, roleArn }: LogPlace) => {
  const principal: Principal = {
    kind: 'role',
    roleArn,
    arn: `arn:aws:sts::${platform.account}:assumed-role/${roleArn.split('/').at(-1)}/SageMaker`,
  }
  const place = { logGroupName: group, logStreamName: stream }
  const call = (name: string, input: unknown) => platform.call('logs', name, input, principal)
  let pending: { timestamp: number; message: string }[] = []
  let timer: NodeJS.Timeout | undefined
  let delivery = Promise.resolve()
  let created = false

  const create = async () => {
    if (created) return
    await call('CreateLogStream', place).catch(async (error: unknown) => {
      if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error
      await call('CreateLogGroup', { logGroupName: group })
      await call('CreateLogStream', place)
    })
    created = true
  }
  const deliver = () => {
    clearTimeout(timer)
    timer = undefined
    const logEvents = pending
    pending = []
    if (logEvents.length === 0) return
    delivery = delivery
      .then(create)
      .then(async () => {
        await call('PutLogEvents', { ...place, logEvents })
      })
      .catch((error: unknown) => {
        platform.log('sagemaker', 'log lines not delivered', { group, lines: logEvents.length, cause: String(error) })
      })
  }
  return {
    write: (message: string) => {
      if (message !== '') pending.push({ timestamp: platform.clock.now(), message })
      timer ??= setTimeout(deliver, deliverAfterMs).unref()
    },
    /** Resolves when the logs service has all lines. */
    close: async () => {
      deliver()
      await delivery
    },
  }
}
