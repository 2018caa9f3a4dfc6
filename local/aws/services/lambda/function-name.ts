import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'

/** A function and what of it is meant: `$LATEST`, or a published version. */
export interface FunctionReference {
  readonly name: string
  readonly qualifier: string
}

const forms =
  /^(?:(?:arn:aws:lambda:[a-z0-9-]+:)?\d{12}:function:|function:)?([A-Za-z0-9-_]{1,64})(?::(\$LATEST|[A-Za-z0-9-_]+))?$/

export const functionNameInput = z.string().min(1).max(170)

/** Reads a name, a partial ARN or a full one; a qualifier inside it and one beside it must agree. */
export const functionReference = (text: string, qualifier?: string): FunctionReference => {
  const [, name, inside] = forms.exec(text) ?? []
  if (name === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' is not a function's name or ARN`,
    )
  }
  if (inside !== undefined && qualifier !== undefined && inside !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The derived qualifier from the function name does not match the specified qualifier.`,
      { Type: 'User' },
    )
  }
  return { name, qualifier: qualifier ?? inside ?? '$LATEST' }
}

export const functionArn = ({ region, account }: Platform, name: string, qualifier?: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`
