import type { Platform } from '../../../core/platform.ts'
import { fits, speaksOf, statementsOf } from '../../../core/policy/statements.ts'
import { isRecord } from '../../../core/is-record.ts'
import type { Statement } from '../../../core/policy/statements.ts'
import { DeliveryFailure } from './delivery-failure.ts'
import { eventBridge } from './principal.ts'

/** What a resource's policy is asked. */
interface Question {
  readonly action: string
  readonly resource: string
  /** The rule's ARN. */
  readonly sourceArn: string
}

const listed = (value: unknown): readonly string[] => [value].flat().map(String)

const speaksOfEventBridge = (principal: unknown) =>
  principal === '*' ||
  (isRecord(principal) &&
    (listed(principal['Service'] ?? []).includes(eventBridge.arn) || listed(principal['AWS'] ?? []).includes('*')))

const tests: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  arnlike: fits,
  arnequals: fits,
  stringlike: fits,
  stringequals: (wanted, value) => wanted === value,
  bool: (wanted, value) => wanted === value,
}

/** Whether conditions hold; undefined when one of them is not understood here. */
const conditionsHold = (
  conditions: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, string>>,
): boolean | undefined => {
  const results = Object.entries(conditions).flatMap(([operator, pairs]) =>
    Object.entries(isRecord(pairs) ? pairs : {}).map(([key, wanted]) => {
      const name = operator.toLowerCase().replace(/ifexists$/, '')
      const test = tests[name.replace('not', '')]
      const value = context[key.toLowerCase()]
      if (!test || value === undefined) return undefined
      return listed(wanted).some((each) => test(each, value)) !== name.includes('not')
    }),
  )
  if (results.includes(false)) return false
  return results.includes(undefined) ? undefined : true
}

/** Whether a policy in JSON lets EventBridge do something for a rule. What is not understood never allows. */
const allows = (policy: string, { action, resource, sourceArn }: Question, account: string): boolean => {
  const context = {
    'aws:sourcearn': sourceArn,
    'aws:sourceaccount': account,
    'aws:securetransport': 'true',
    'aws:principalisawsservice': 'true',
  }
  const holds = ({ Condition = {} }: Statement) => conditionsHold(Condition, context)
  const speaking = statementsOf(policy).filter(
    (statement) => speaksOfEventBridge(statement.Principal) && speaksOf(statement, action, resource),
  )
  return (
    speaking.some((statement) => statement.Effect === 'Allow' && holds(statement) === true) &&
    !speaking.some((statement) => statement.Effect === 'Deny' && holds(statement) !== false)
  )
}

/** Throws the DeliveryFailure of a resource whose policy does not let the rule in. */
export const requireAllowed = ({ account }: Platform, policy: string | undefined, question: Question): void => {
  if (policy === undefined || !allows(policy, question, account)) {
    const { action, resource, sourceArn } = question
    const message = `The policy of ${resource} does not allow ${eventBridge.arn} to perform ${action} for ${sourceArn}`
    throw new DeliveryFailure('NO_PERMISSIONS', message)
  }
}
