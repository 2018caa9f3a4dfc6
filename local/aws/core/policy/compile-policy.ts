import type { Principal } from '../operation.ts'
import { arnFitting } from './arn-pattern.ts'
import { compileConditions } from './conditions/compile-conditions.ts'
import type { Test } from './conditions/compile-conditions.ts'
import { parsePolicy } from './document.ts'
import type { PolicyKind, Statement } from './document.ts'
import { fitting, parsePattern } from './pattern.ts'
import type { Fits } from './pattern.ts'
import { namedBy } from './principals.ts'
import type { Named } from './principals.ts'
import type { RequestContext } from './request-context.ts'

/** A statement ready to be asked. */
export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny'
  /** Its place in the policy, from 0. */
  readonly index: number
  readonly sid?: string | undefined
  /** Whether it speaks of the action on the resource, and its conditions hold. */
  readonly applies: (action: string, resource: string, context: RequestContext) => boolean
  /** How it means a caller; policies of identities mean every caller whose they are. */
  readonly names: (principal: Principal) => Named | undefined
}

const anything: Fits = () => true
const actionFits = (pattern: string): Fits => fitting(parsePattern(pattern.toLowerCase(), { variables: false }))
const resourceFits = (pattern: string, variables: boolean): Fits =>
  pattern === '*' ? anything : arnFitting(parsePattern(pattern, { variables }))

/** Fits of a list, or of everything but a list. */
const among = (wanted: readonly Fits[] | undefined, unwanted: readonly Fits[] | undefined): Fits => {
  if (wanted) return (text, context) => wanted.some((fits) => fits(text, context))
  if (unwanted) return (text, context) => !unwanted.some((fits) => fits(text, context))
  return anything
}

const always: Test = () => true

const compileStatement = (statement: Statement, index: number, variables: boolean): CompiledStatement => {
  const { Sid: sid, Effect: effect, Principal, NotPrincipal, Condition } = statement
  const action = among(statement.Action?.map(actionFits), statement.NotAction?.map(actionFits))
  const patterns = (list: readonly string[] | undefined) => list?.map((each) => resourceFits(each, variables))
  const resource = among(patterns(statement.Resource), patterns(statement.NotResource))
  const holds = Condition ? compileConditions(Condition, variables) : always
  return {
    effect,
    index,
    sid,
    applies: (name, arn, context) => action(name, context) && resource(arn, context) && holds(context),
    names: (principal) => {
      if (Principal) return namedBy(Principal, principal)
      return NotPrincipal && namedBy(NotPrincipal, principal) ? undefined : 'role'
    },
  }
}

/** The statements of a policy. Throws PolicyError on one that is no policy, or that cannot be evaluated here. */
export const compilePolicy = (text: string, kind: PolicyKind): readonly CompiledStatement[] => {
  const { Version, Statement } = parsePolicy(text, kind)
  return Statement.map((statement, index) => compileStatement(statement, index, Version === '2012-10-17'))
}
