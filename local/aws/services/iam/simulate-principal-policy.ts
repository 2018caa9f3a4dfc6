import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { roleNameOf } from '../../core/policy/role-record.ts'
import { roleSession } from '../../core/signing/account-keys.ts'
import { roleOf } from './roles.ts'

const words = { allow: 'allowed', 'explicit-deny': 'explicitDeny', 'implicit-deny': 'implicitDeny' } as const

const contextEntry = z.strictObject({
  ContextKeyName: z.string().min(5).max(256),
  ContextKeyValues: z.array(z.string()),
  ContextKeyType: z.string(),
})

/** What a role's policies say to actions on resources; nothing is done, and nothing recorded. */
export default defineOperation({
  service: 'iam',
  name: 'SimulatePrincipalPolicy',
  input: z.strictObject({
    PolicySourceArn: z.string().regex(/^arn:aws[^:]*:iam::\d{12}:role\/.+$/, 'The local platform simulates roles'),
    ActionNames: z.array(z.string().min(3).max(128)).min(1),
    ResourceArns: z.array(z.string().min(1).max(2048)).min(1).default(['*']),
    ContextEntries: z.array(contextEntry).default([]),
  }),
  needs: ({ PolicySourceArn }) => [{ action: 'iam:SimulatePrincipalPolicy', resource: PolicySourceArn }],
  run: ({ PolicySourceArn, ActionNames, ResourceArns, ContextEntries }, { platform }) => {
    const { Arn } = roleOf(platform, roleNameOf(PolicySourceArn))
    const principal = roleSession(Arn, 'simulation')
    const context = Object.fromEntries(
      ContextEntries.map(({ ContextKeyName, ContextKeyValues }) => [ContextKeyName, ContextKeyValues]),
    )
    const EvaluationResults = ActionNames.flatMap((action) =>
      ResourceArns.map((resource) => ({
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: words[platform.authority.decide(principal, { action, resource, context }).effect],
        MatchedStatements: [],
        MissingContextValues: [],
      })),
    )
    return { EvaluationResults, IsTruncated: false }
  },
})
