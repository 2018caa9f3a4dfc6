import { AwsError } from '../../core/errors.ts'
import type { Operation } from '../../core/operation.ts'

/** An operation of CloudWatch, whose signing name is not its name in policies: `monitoring`, `cloudwatch:…`. */
export const defineCloudWatchOperation = <I, O>(
  operation: Omit<Operation<I, O>, 'service' | 'needs'> & Partial<Pick<Operation<I, O>, 'needs'>>,
): Operation<I, O> => ({
  needs: () => [{ action: `cloudwatch:${operation.name}`, resource: '*' }],
  ...operation,
  service: 'monitoring',
})

/** A refusal with the code that the query API had: SDKs show `<code>Exception`, older clients `<code>`. */
export const refusal = (code: 'InvalidParameterValue' | 'InvalidParameterCombination', message: string) =>
  new AwsError(`${code}Exception`, message, { QueryErrorCode: code })
