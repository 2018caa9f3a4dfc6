import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { LogGroupIdentifier, LogGroupName } from './log-groups.ts'

/** The two ways in which requests name a group. */
export const LogGroup = { logGroupName: LogGroupName.optional(), logGroupIdentifier: LogGroupIdentifier.optional() }
const either = z.object(LogGroup)

/** The name of the group that the request means: exactly one of the two ways, or InvalidParameterException. */
export const logGroupOfRequest = ({ logGroupName, logGroupIdentifier }: z.infer<typeof either>): string => {
  const name = logGroupName ?? logGroupIdentifier
  if (name !== undefined && (logGroupName === undefined || logGroupIdentifier === undefined)) return name
  const message = 'Exactly one of logGroupName and logGroupIdentifier must be given.'
  throw new AwsError('InvalidParameterException', message)
}
