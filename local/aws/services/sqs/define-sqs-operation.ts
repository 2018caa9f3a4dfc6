import * as z from 'zod'
import type { Operation } from '../../core/operation.ts'
import { SqsError } from './sqs-error.ts'

const problem = ({ path, message }: z.core.$ZodIssue) =>
  `Value for parameter ${path.join('.') || 'input'} is invalid. Reason: ${message}.`

/** An operation of SQS, which says InvalidParameterValue where other services say ValidationException. */
export const defineSqsOperation = <I, O>(operation: Omit<Operation<I, O>, 'service'>): Operation<I, O> => ({
  ...operation,
  service: 'sqs',
  input: z.custom<I>().overwrite((input) => {
    const { success, data, error } = operation.input.safeParse(input)
    if (success) return data
    throw new SqsError('InvalidParameterValueException', error.issues.map(problem).join(' '))
  }),
})
