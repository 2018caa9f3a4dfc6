import { compilePattern } from '../events/pattern/compile-pattern.ts'
import { InvalidPattern } from '../events/pattern/invalid-pattern.ts'
import { invalidParameter } from './sns-error.ts'

const known = new Set(['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope'])

/** Refuses attributes that a subscription cannot have here. */
export const checkSubscriptionAttributes = (attributes: Readonly<Record<string, string>>): void => {
  const [unknown] = Object.keys(attributes).filter((name) => !known.has(name))
  if (unknown !== undefined) throw invalidParameter(`Attributes Reason: ${unknown} is not supported`)
  if (!/^(?:true|false)$/.test(attributes['RawMessageDelivery'] ?? 'false')) {
    throw invalidParameter('Attributes Reason: RawMessageDelivery: Invalid value [must be true or false]')
  }
  if (!/^Message(?:Attributes|Body)$/.test(attributes['FilterPolicyScope'] ?? 'MessageBody')) {
    throw invalidParameter(
      'Attributes Reason: FilterPolicyScope: Invalid value [must be MessageAttributes or MessageBody]',
    )
  }
  const policy = attributes['FilterPolicy']
  if (policy === undefined || policy === '') return
  try {
    compilePattern(JSON.parse(policy))
  } catch (error) {
    if (!(error instanceof InvalidPattern) && !(error instanceof SyntaxError)) throw error
    throw invalidParameter(`Attributes Reason: FilterPolicy: ${error.message}`)
  }
}
