import * as z from 'zod'
import type { Operation } from '../../core/operation.ts'
import { parseInput } from '../../core/parse-input.ts'

/** An operation of CloudWatch Logs, which says InvalidParameterException where other services say ValidationException. */
export const defineLogsOperation = <I, O>(operation: Omit<Operation<I, O>, 'service'>): Operation<I, O> => ({
  ...operation,
  service: 'logs',
  input: z.custom<I>().overwrite((input) => parseInput(operation.input, input, 'InvalidParameterException')),
})
