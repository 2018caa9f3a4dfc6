import type * as z from 'zod'
import { AwsError } from './errors.ts'

/** For a constraint that AWS has an error of its own for: `.refine(isShort, ownError('KeyTooLongError', 'Your key is too long'))`. */
export const ownError = (code: string, message: string, status = 400) => ({
  message,
  params: { error: new AwsError(code, message, { status }) },
})

/** The error of a constraint that was made with {@link ownError}. */
export const ownErrorOf = (issue: z.core.$ZodIssue): AwsError | undefined => {
  const error: unknown = issue.code === 'custom' ? issue.params?.['error'] : undefined
  return error instanceof AwsError ? error : undefined
}
