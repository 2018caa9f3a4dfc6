import * as z from 'zod'
import { AwsError } from '../../../core/errors.ts'

const longestInputBytes = 262_144

/** JSON text of at most 256 KiB; `checkInput` looks whether it is JSON. */
export const executionInput = z
  .string()
  .refine((input) => Buffer.byteLength(input) <= longestInputBytes, `at most ${longestInputBytes} bytes`)
  .default('{}')

/** Throws InvalidExecutionInput for a text that is no JSON. */
export const checkInput = (input: string): void => {
  try {
    JSON.parse(input)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`)
  }
}
