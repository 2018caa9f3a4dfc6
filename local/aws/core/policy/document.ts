import * as z from 'zod'
import { PolicyError } from './policy-error.ts'

/** Whom a policy names, by kind. */
export interface Principals {
  readonly AWS?: readonly string[] | undefined
  readonly Service?: readonly string[] | undefined
  readonly Federated?: readonly string[] | undefined
  readonly CanonicalUser?: readonly string[] | undefined
}

const listOf = <T>(item: z.ZodType<string, T>) => z.union([item.transform((text) => [text]), z.array(item)])
const list = listOf(z.string())
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const principals = z.union([
  z.literal('*').transform((): Principals => ({ AWS: ['*'] })),
  z.strictObject({
    AWS: list.optional(),
    Service: list.optional(),
    Federated: list.optional(),
    CanonicalUser: list.optional(),
  }),
])

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: list.optional(),
  NotAction: list.optional(),
  Resource: list.optional(),
  NotResource: list.optional(),
  Condition: z.record(z.string(), z.record(z.string(), listOf(value))).optional(),
})

const document = z.strictObject({
  Version: z.enum(['2008-10-17', '2012-10-17']).default('2008-10-17'),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
})

/** A policy as it was written, one-element lists written out. */
export type PolicyDocument = z.infer<typeof document>
export type Statement = z.infer<typeof statement>

/** Where a policy stands: it says what an identity may do, who may take on a role, or who may do what with a resource. */
export type PolicyKind = 'identity' | 'trust' | 'resource'

const isArn = (text: string) => text === '*' || /^(arn|\*)(:|\*)/.test(text)
const hasVendor = (action: string) => action === '*' || /^[\w*?-]+:/.test(action)

/** What IAM has against a statement, in its words. */
const problemOf = (each: Statement, kind: PolicyKind): string | undefined => {
  const actions = [...(each.Action ?? []), ...(each.NotAction ?? [])]
  const resources = [...(each.Resource ?? []), ...(each.NotResource ?? [])]
  const named = each.Principal ?? each.NotPrincipal
  if (!each.Action === !each.NotAction || actions.length === 0) return 'Policy statement must contain actions.'
  if (!actions.every(hasVendor)) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  if (kind === 'identity' && named) return 'Policy document should not specify a principal.'
  if (kind !== 'identity' && !named) return 'Missing required field Principal'
  if (kind === 'trust' && resources.length > 0) return 'Has prohibited field Resource'
  if (kind === 'identity' && resources.length === 0) return 'Policy statement must contain resources.'
  const stray = resources.find((resource) => !isArn(resource))
  return stray === undefined ? undefined : `Resource ${stray} must be in ARN format or "*".`
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a policy. Throws PolicyError in IAM's words. */
export const parsePolicy = (text: string, kind: PolicyKind): PolicyDocument => {
  const { data } = document.safeParse(jsonOf(text))
  if (!data) throw new PolicyError('Syntax errors in policy.')
  const sids = data.Statement.flatMap(({ Sid }) => Sid ?? [])
  if (new Set(sids).size < sids.length) throw new PolicyError('Statement IDs (SID) in a single policy must be unique.')
  for (const each of data.Statement) {
    const problem = problemOf(each, kind)
    if (problem) throw new PolicyError(problem)
  }
  return data
}
