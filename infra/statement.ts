/** A value of a CloudFormation template: text, or an intrinsic function. */
export type TemplateValue = string | { readonly [intrinsic: string]: unknown }

/** One allowed thing in a role's policy. */
export interface Statement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly TemplateValue[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export const allow = (
  actions: readonly string[],
  resources: readonly TemplateValue[],
  condition?: Statement['Condition'],
): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(condition && { Condition: condition }),
})

export const sub = (text: string): TemplateValue => ({ 'Fn::Sub': text })
export const arnOf = (resource: string): TemplateValue => ({ 'Fn::GetAtt': [resource, 'Arn'] })
/** An ARN in the stack's own account and region: `here('sagemaker', 'endpoint/flights-dev')`. */
export const here = (service: string, resource: string): TemplateValue =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`)
/** Objects of a bucket of this stack: `objects('DataBucket', 'log/*')`. */
export const objects = (bucket: string, keys: string): TemplateValue => sub(`\${${bucket}.Arn}/${keys}`)

/** Lets a role hand exactly one other role to exactly one service. */
export const passRole = (role: string, service: string): Statement =>
  allow(['iam:PassRole'], [arnOf(role)], { StringEquals: { 'iam:PassedToService': service } })

/** Lets a role list keys below the given prefixes only. */
export const listBucket = (bucket: string, prefixes: readonly string[]): Statement =>
  allow(['s3:ListBucket'], [arnOf(bucket)], { StringLike: { 's3:prefix': prefixes } })
