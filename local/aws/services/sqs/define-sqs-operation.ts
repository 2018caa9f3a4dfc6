import * as z from 'zod'
import type { Operation } from '../../core/operation.ts'
import { missingParameter, SqsError } from './sqs-error.ts'

const problem = ({ path, message }: z.core.$ZodIssue) =>
  `Value for parameter ${path.join('.') || 'input'} is invalid. Reason: ${message}.`

/** An operation of SQS, which says InvalidParameterValue where other services say ValidationException. */
export const defineSqsOperation = <I, O>(operation: Omit<Operation<I, O>, 'service'>): Operation<I, O> => ({
  ...operation,
  service: 'sqs',
  input: z.custom<I>().overwrite((input) => {
    const { success, data, error } = operation.input.safeParse(input, { reportInput: true })
    if (success) return data
    const absent = error.issues.find(
      ({ path, code, input: given }) => code === 'invalid_type' && path.length === 1 && given === undefined,
    )
    if (absent) throw missingParameter(String(absent.path[0]))
    throw new SqsError('InvalidParameterValueException', error.issues.map(problem).join(' '))
  }),
})
