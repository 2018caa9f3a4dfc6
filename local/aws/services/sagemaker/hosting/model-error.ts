import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { ContainerTimeout } from '../container/http.ts'

/** What the runtime says when a container answers with an error, dies, or does not answer (status 0). */
export const modelError = (platform: Platform, endpoint: string, status: number, text: string) => {
  const group = `/aws/sagemaker/Endpoints/${endpoint}`
  const side = status >= 400 && status < 500 ? 'client' : 'server'
  return new AwsError(
    'ModelError',
    `Received ${side} error (${status}) from primary with message "${text}". See ${group} in account ${platform.account} for more information.`,
    {
      status: 424,
      ErrorCode: side === 'client' ? 'CLIENT_ERROR_FROM_MODEL' : 'INTERNAL_FAILURE_FROM_MODEL',
      LogStreamArn: `arn:aws:logs:${platform.region}:${platform.account}:log-group:${group}`,
      OriginalMessage: text,
      OriginalStatusCode: status,
    },
  )
}

/** The text for a container from which nothing came. */
export const noAnswer = (error: unknown) =>
  error instanceof ContainerTimeout
    ? 'Your invocation timed out while waiting for a response from container primary.'
    : 'The connection to container primary was closed before it answered.'
