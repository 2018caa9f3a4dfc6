import type { Statement, TemplateValue } from './statement.ts'
import { allow, here } from './statement.ts'

export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
  readonly [attribute: string]: unknown
}

const made = (
  trust: Readonly<Record<string, unknown>>,
  statements: readonly Statement[],
  more: Readonly<Record<string, unknown>> = {},
): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    ...more,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }],
    },
    Policies: [{ PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
})

/** A role that a service takes on, on behalf of this account only. */
export const serviceRole = (service: string, statements: readonly Statement[]): Resource =>
  made(
    {
      Principal: { Service: service },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    },
    statements,
  )

/** A role that another principal takes on: Hopsworks, when it writes a snapshot. */
export const principalRole = (principal: TemplateValue, statements: readonly Statement[]): Resource =>
  made({ Principal: { AWS: principal } }, statements)

/**
 * A function's role: its own log group, and what its work needs. (Lambda names no source account when it takes a role.)
 * It has a name, because `serverless deploy function` finds it by that; names of roles are one space for all regions.
 */
export const functionRole = (functionName: string, region: string, statements: readonly Statement[]): Resource =>
  made(
    { Principal: { Service: 'lambda.amazonaws.com' } },
    [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [here('logs', `log-group:/aws/lambda/${functionName}:*`)]),
      ...statements,
    ],
    { RoleName: `${functionName}-${region}` },
  )
