import { describe, expect, test } from '@jest/globals'
import type { Permission, Principal } from '../operation.ts'
import { createAuthority } from './authority.ts'
import type { PolicyKind } from './document.ts'
import { policyProblem } from './policy-problem.ts'
import type { RoleRecord } from './role-record.ts'

const roleArn = 'arn:aws:iam::000000000000:role/app/Worker'
const session: Principal = { kind: 'role', arn: 'arn:aws:sts::000000000000:assumed-role/Worker/s1', roleArn }
const root: Principal = { kind: 'root', arn: 'arn:aws:iam::000000000000:root' }
const rule = 'arn:aws:events:us-east-1:000000000000:rule/r'
const events: Principal = { kind: 'service', arn: 'events.amazonaws.com', sourceArn: rule }

type Statement = Readonly<Record<string, unknown>>
const document = (statements: readonly Statement[], Version = '2012-10-17') =>
  JSON.stringify({ Version, Statement: statements })
const allow = (Action: string | string[], Resource: string | string[] = '*', more: Statement = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const deny = (Action: string, Resource = '*', more: Statement = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
})

interface World {
  readonly identity?: readonly Statement[]
  readonly boundary?: readonly Statement[]
  readonly resource?: readonly Statement[]
  readonly trust?: readonly Statement[]
  readonly version?: string
}

const authority = ({ identity = [], boundary, resource, trust = [], version }: World) => {
  const role: RoleRecord = {
    RoleName: 'Worker',
    RoleId: 'AROA1',
    Arn: roleArn,
    Path: '/app/',
    created: 0,
    trust: document(trust),
    MaxSessionDuration: 3600,
    Tags: [{ Key: 'Team', Value: 'flights' }],
    inline: { work: document(identity, version) },
    attached: [],
    ...(boundary && { PermissionsBoundary: 'boundary' }),
  }
  return createAuthority(
    {
      role: (arn) => (arn === roleArn ? role : undefined),
      managed: () => boundary && document(boundary),
      guarded: (service) => (service === 's3' ? { policy: resource && document(resource) } : undefined),
    },
    { account: '000000000000', region: 'us-east-1', now: () => Date.parse('2026-11-23T10:00:00Z'), record: () => {} },
  )
}

const effect = (world: World, permission: Permission, principal: Principal = session) =>
  authority(world).decide(principal, permission).effect
const get = { action: 's3:GetObject', resource: 'arn:aws:s3:::data/log/a b.parquet' }

describe('statements', () => {
  test.each<[string, Statement, string]>([
    ['an action in other case', allow('S3:getobject'), 'allow'],
    ['wildcards in an action', allow('s3:Get?b*'), 'allow'],
    ['an action with more after it', allow('s3:GetObjectVersion'), 'implicit-deny'],
    ['one of several resources', allow('s3:*', ['arn:aws:s3:::other', 'arn:aws:s3:::data/*']), 'allow'],
    ['a resource in other case', allow('s3:*', 'arn:aws:s3:::Data/*'), 'implicit-deny'],
    ['a wildcard inside a part', allow('s3:*', 'arn:*:s3:::d?ta/log/*.parquet'), 'allow'],
    ['a wildcard that had to reach over a colon', allow('s3:*', 'arn:aws:s3*log*'), 'implicit-deny'],
    ['everything but an action', { Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }, 'allow'],
    ['everything but this action', { Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }, 'implicit-deny'],
    ['everything but a resource', { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x/*' }, 'allow'],
    [
      'everything but this resource',
      { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::data/*' },
      'implicit-deny',
    ],
  ])('that name %s', (_, statement, expected) => {
    expect(effect({ identity: [statement] }, get)).toBe(expected)
  })

  test.each([
    ['arn:aws:s3:::data/${aws:PrincipalTag/Team}/*', 'arn:aws:s3:::data/flights/a', 'allow'],
    ['arn:aws:s3:::data/${aws:PrincipalTag/Team}/*', 'arn:aws:s3:::data/others/a', 'implicit-deny'],
    ['arn:aws:s3:::data/${aws:PrincipalTag/None}/*', 'arn:aws:s3:::data//a', 'implicit-deny'],
    ["arn:aws:s3:::data/${aws:PrincipalTag/None, 'all'}/*", 'arn:aws:s3:::data/all/a', 'allow'],
    ['arn:aws:s3:::data/${*}', 'arn:aws:s3:::data/*', 'allow'],
    ['arn:aws:s3:::data/${*}', 'arn:aws:s3:::data/a', 'implicit-deny'],
    ['arn:aws:s3:::data/${aws:userid}', 'arn:aws:s3:::data/AROA1:s1', 'allow'],
  ])('take variables: %s', (pattern, resource, expected) => {
    expect(effect({ identity: [allow('s3:*', pattern)] }, { ...get, resource })).toBe(expected)
  })

  test('before 2012-10-17 know no variables', () => {
    const identity = [allow('s3:*', 'arn:aws:s3:::data/${aws:userid}')]
    const permission = { ...get, resource: 'arn:aws:s3:::data/AROA1:s1' }
    expect(effect({ identity, version: '2008-10-17' }, permission)).toBe('implicit-deny')
  })

  test('of many wildcards are matched in time that grows with the text, not beyond it', () => {
    const identity = [allow('s3:*', `arn:aws:s3:::${'*a'.repeat(200)}`)]
    const since = performance.now()
    expect(effect({ identity }, { ...get, resource: `arn:aws:s3:::${'a'.repeat(1000)}b` })).toBe('implicit-deny')
    expect(performance.now() - since).toBeLessThan(1000)
  })
})

describe('conditions', () => {
  const tagged = { 'aws:PrincipalTag/Team': 'flights' }
  const prefixed = (prefix: string | readonly string[]) => ({ 's3:prefix': prefix })
  test.each<[string, Statement, Permission['context'], boolean]>([
    ['StringEquals', { StringEquals: { ...tagged, 's3:prefix': ['a', 'log/'] } }, prefixed('log/'), true],
    ['StringEquals', { StringEquals: prefixed('LOG/') }, prefixed('log/'), false],
    ['StringEquals', { StringEquals: prefixed('log/') }, {}, false],
    ['StringEqualsIfExists', { StringEqualsIfExists: prefixed('log/') }, {}, true],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: prefixed('LOG/') }, prefixed('log/'), true],
    ['StringNotEquals', { StringNotEquals: prefixed(['a', 'b']) }, prefixed('b'), false],
    ['StringNotEquals', { StringNotEquals: prefixed(['a', 'b']) }, {}, true],
    ['StringLike', { StringLike: prefixed('l?g/*') }, prefixed('log/x'), true],
    ['StringLike', { StringLike: prefixed('${aws:PrincipalTag/Team}/*') }, prefixed('flights/x'), true],
    ['StringNotLike', { StringNotLike: prefixed('log/*') }, prefixed('log/x'), false],
    ['ArnLike', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app/*' } }, {}, true],
    ['ArnEquals', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/other/*' } }, {}, false],
    ['ArnNotEquals', { ArnNotEquals: { 'aws:PrincipalArn': roleArn } }, {}, false],
    ['Bool', { Bool: { 'aws:SecureTransport': true } }, {}, true],
    ['Bool', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, {}, false],
    ['NumericLessThan', { NumericLessThan: { 's3:prefix': 10 } }, prefixed('9.5'), true],
    ['NumericGreaterThanEquals', { NumericGreaterThanEquals: { 's3:prefix': '10' } }, prefixed('9'), false],
    ['NumericNotEquals', { NumericNotEquals: { 's3:prefix': '10' } }, prefixed('10.0'), false],
    ['NumericEquals', { NumericEquals: { 's3:prefix': '1' } }, prefixed('one'), false],
    ['DateGreaterThan', { DateGreaterThan: { 'aws:CurrentTime': '2026-11-23T09:59:59Z' } }, {}, true],
    ['DateLessThanEquals', { DateLessThanEquals: { 'aws:EpochTime': '1795428000' } }, {}, true],
    ['DateNotEquals', { DateNotEquals: { 'aws:CurrentTime': '2026-11-23T10:00:00Z' } }, {}, false],
    ['IpAddress', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.0/8'] } }, {}, true],
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '127.0.0.1' } }, {}, false],
    ['IpAddress of another family', { IpAddress: { 'aws:SourceIp': '::/0' } }, {}, false],
    ['Null', { Null: { 's3:prefix': 'true' } }, {}, true],
    ['Null', { Null: { 's3:prefix': 'false' } }, {}, false],
    ['ForAllValues', { 'ForAllValues:StringEquals': prefixed(['a', 'b']) }, prefixed(['a', 'b']), true],
    ['ForAllValues', { 'ForAllValues:StringEquals': prefixed(['a']) }, prefixed(['a', 'b']), false],
    ['ForAllValues of none', { 'ForAllValues:StringEquals': prefixed('a') }, {}, true],
    ['ForAnyValue', { 'ForAnyValue:StringLike': prefixed('b*') }, prefixed(['a', 'bb']), true],
    ['ForAnyValue of none', { 'ForAnyValue:StringLike': prefixed('*') }, {}, false],
    ['ForAnyValue, negated', { 'ForAnyValue:StringNotEquals': prefixed('a') }, prefixed(['a', 'b']), true],
    ['two operators', { StringLike: prefixed('a*'), StringNotEquals: prefixed('ab') }, prefixed('ab'), false],
  ])('%s', (_, Condition, context, holds) => {
    const permission = { action: 's3:ListBucket', resource: 'arn:aws:s3:::data', ...(context && { context }) }
    const identity = [allow('s3:ListBucket', '*', { Condition })]
    expect(effect({ identity }, permission)).toBe(holds ? 'allow' : 'implicit-deny')
  })
})

describe('policies together', () => {
  const everything = [allow('*')]
  const toRole = { Principal: { AWS: roleArn } }
  test.each<[string, World, string]>([
    ['an explicit deny wins', { identity: [allow('s3:*'), deny('s3:Get*')] }, 'explicit-deny'],
    [
      'a deny whose condition fails is none',
      { identity: [allow('s3:*'), deny('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
      'allow',
    ],
    ['the boundary limits', { identity: everything, boundary: [allow('s3:Put*')] }, 'implicit-deny'],
    ['the boundary alone allows nothing', { boundary: everything }, 'implicit-deny'],
    ['both allow', { identity: everything, boundary: everything }, 'allow'],
    ['the bucket’s policy is enough', { resource: [allow('s3:GetObject', 'arn:aws:s3:::data/*', toRole)] }, 'allow'],
    ['but not past the boundary', { boundary: [], resource: [allow('s3:*', '*', toRole)] }, 'implicit-deny'],
    [
      'unless it names the session',
      { boundary: [], resource: [allow('s3:*', '*', { Principal: { AWS: session.arn } })] },
      'allow',
    ],
    ['it may mean everybody', { resource: [allow('s3:*', '*', { Principal: '*' })] }, 'allow'],
    [
      'the account is not the role',
      { resource: [allow('s3:*', '*', { Principal: { AWS: '000000000000' } })] },
      'implicit-deny',
    ],
    [
      'nor is another service',
      { resource: [allow('s3:*', '*', { Principal: { Service: 'events.amazonaws.com' } })] },
      'implicit-deny',
    ],
    [
      'the bucket’s deny wins',
      { identity: everything, resource: [deny('s3:*', '*', { Principal: '*' })] },
      'explicit-deny',
    ],
    [
      'NotPrincipal spares whom it names',
      { identity: everything, resource: [deny('s3:*', '*', { NotPrincipal: { AWS: roleArn } })] },
      'allow',
    ],
  ])('%s', (_, world, expected) => {
    expect(effect(world, get)).toBe(expected)
  })

  test('the account’s root may do everything but what a bucket denies it', () => {
    expect(effect({}, get, root)).toBe('allow')
    expect(effect({ resource: [deny('s3:Get*', '*', { Principal: '*' })] }, get, root)).toBe('explicit-deny')
  })

  test('a service needs the policy of a resource that can have one', () => {
    const forRule = (arn: string) =>
      allow('s3:*', '*', {
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'AWS:SourceArn': arn } },
      })
    expect(effect({}, get, events)).toBe('implicit-deny')
    expect(effect({ resource: [forRule('arn:aws:events:*:*:rule/r')] }, get, events)).toBe('allow')
    expect(effect({ resource: [forRule('arn:aws:events:*:*:rule/other')] }, get, events)).toBe('implicit-deny')
    expect(effect({}, { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:::x' }, events)).toBe('allow')
  })

  const assume = { action: 'sts:AssumeRole', resource: roleArn }
  const trusting = (Principal: Statement, Condition: Statement = {}) => ({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal,
    Condition,
  })
  const ours = { StringEquals: { 'aws:SourceAccount': '000000000000' } }
  test.each<[string, Statement[], Principal, string]>([
    ['nobody', [], root, 'implicit-deny'],
    ['a service', [trusting({ Service: 'events.amazonaws.com' }, ours)], events, 'allow'],
    [
      'a service for other accounts',
      [trusting({ Service: 'events.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '1' } })],
      events,
      'implicit-deny',
    ],
    [
      'a service that names no source',
      [trusting({ Service: 'lambda.amazonaws.com' }, ours)],
      { kind: 'service', arn: 'lambda.amazonaws.com' },
      'implicit-deny',
    ],
    ['the account', [trusting({ AWS: 'arn:aws:iam::000000000000:root' })], root, 'allow'],
    ['the account, whose role lacks the right', [trusting({ AWS: '000000000000' })], session, 'implicit-deny'],
    ['the role', [trusting({ AWS: roleArn })], session, 'allow'],
    [
      'anybody but denied',
      [trusting({ AWS: '*' }), { ...trusting({ AWS: roleArn }), Effect: 'Deny' }],
      session,
      'explicit-deny',
    ],
  ])('a role that trusts %s', (_, trust, principal, expected) => {
    expect(effect({ trust }, assume, principal)).toBe(expected)
  })
})

describe('refusals', () => {
  const words = (world: World, service: string, permission = get) => {
    try {
      authority(world).demand({ service }, session, [permission])
      return undefined
    } catch (error) {
      return error
    }
  }
  const who = `User: ${session.arn} is not authorized to perform:`
  test.each<[string, World, string, number, string]>([
    [
      's3',
      {},
      'AccessDenied',
      403,
      `${who} s3:GetObject on resource: "${get.resource}" because no identity-based policy allows the s3:GetObject action`,
    ],
    [
      'sqs',
      {},
      'AccessDenied',
      403,
      `${who} s3:getobject on resource: ${get.resource} because no identity-based policy allows the s3:getobject action`,
    ],
    [
      'states',
      {},
      'AccessDeniedException',
      400,
      `${who} s3:GetObject on resource: ${get.resource} because no identity-based policy allows the s3:GetObject action`,
    ],
    [
      'states',
      { identity: [deny('*')] },
      'AccessDeniedException',
      400,
      `${who} s3:GetObject on resource: ${get.resource} with an explicit deny in an identity-based policy`,
    ],
    [
      'states',
      { identity: [allow('*')], boundary: [] },
      'AccessDeniedException',
      400,
      `${who} s3:GetObject on resource: ${get.resource} because no permissions boundary allows the s3:GetObject action`,
    ],
    [
      's3',
      { resource: [deny('*', '*', { Principal: '*' })] },
      'AccessDenied',
      403,
      `${who} s3:GetObject on resource: "${get.resource}" with an explicit deny in a resource-based policy`,
    ],
  ])('of %s', (service, world, code, status, message) => {
    expect(words(world, service)).toMatchObject({ code, status, message })
  })
})

describe('a policy', () => {
  test.each<[PolicyKind, unknown, string]>([
    ['identity', '{', 'Syntax errors in policy.'],
    ['identity', { Version: '2012-10-17' }, 'Syntax errors in policy.'],
    ['identity', { Statement: { ...allow('s3:*'), Effect: 'Maybe' } }, 'Syntax errors in policy.'],
    ['identity', { Statement: { Effect: 'Allow', Resource: '*' } }, 'Policy statement must contain actions.'],
    ['identity', { Statement: { Effect: 'Allow', Action: 's3:*' } }, 'Policy statement must contain resources.'],
    [
      'identity',
      { Statement: allow('GetObject') },
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    ['identity', { Statement: allow('s3:*', 'data') }, 'Resource data must be in ARN format or "*".'],
    [
      'identity',
      { Statement: allow('s3:*', '*', { Principal: '*' }) },
      'Policy document should not specify a principal.',
    ],
    [
      'identity',
      { Statement: [allow('s3:*', '*', { Sid: 'A' }), deny('s3:*', '*', { Sid: 'A' })] },
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    ['trust', { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole' } }, 'Missing required field Principal'],
    ['trust', { Statement: allow('sts:AssumeRole', '*', { Principal: '*' }) }, 'Has prohibited field Resource'],
    [
      'identity',
      { Statement: allow('s3:*', '*', { Condition: { StringIs: { 's3:prefix': 'a' } } }) },
      'Invalid Condition type : StringIs',
    ],
    [
      'identity',
      { Statement: allow('s3:*', '*', { Condition: { NotBool: { 'aws:SecureTransport': 'true' } } }) },
      'Invalid Condition type : NotBool',
    ],
    [
      'identity',
      { Statement: allow('s3:*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }) },
      'No request to the local AWS has the condition key aws:MultiFactorAuthPresent',
    ],
    [
      'identity',
      { Statement: allow('s3:*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/99' } } }) },
      'Invalid IP address in a condition: 10.0.0.0/99',
    ],
  ])('of an %s that is wrong is refused by name: %j', (kind, policy, problem) => {
    expect(policyProblem(typeof policy === 'string' ? policy : JSON.stringify(policy), kind)).toBe(problem)
  })
})
