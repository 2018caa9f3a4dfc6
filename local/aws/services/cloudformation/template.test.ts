import { describe, expect, test } from '@jest/globals'
import { checkTemplate } from './check-template.ts'
import { dependenciesOf, dependencyOrder } from './dependency-order.ts'
import { parameterValues } from './parameters.ts'
import { referencesIn } from './references.ts'
import type { Scope } from './resolve.ts'
import { noValue, resolve } from './resolve.ts'
import { conditionsOf } from './conditions.ts'
import type { Template } from './template.ts'
import { readTemplate } from './template.ts'
import { generatedSecret } from './resources/generated-secret.ts'

const scopeOf = (template: Template): Scope => {
  const names: Record<string, unknown> = {
    Bucket: 'b',
    Stage: 'dev',
    List: ['x', 'y'],
    'AWS::Region': 'us-east-1',
    'AWS::NoValue': noValue,
  }
  const scope: Scope = {
    ref: (name) => names[name],
    attribute: (resource, attribute) => `${resource}.${attribute}!`,
    condition: (name) => condition(name),
    mapping: (map, first, second) => template.Mappings?.[map]?.[first]?.[second],
  }
  const condition = conditionsOf(template, () => scope)
  return scope
}
const template = readTemplate(`
Parameters: { Stage: { Type: String, Default: dev } }
Mappings: { Sizes: { dev: { memory: 128 } } }
Conditions:
  IsDev: { 'Fn::Equals': [{ Ref: Stage }, dev] }
  IsProd: { 'Fn::Not': [{ Condition: IsDev }] }
  Either: { 'Fn::Or': [{ Condition: IsDev }, { Condition: IsProd }] }
  Both: { 'Fn::And': [{ Condition: IsDev }, { Condition: IsProd }] }
Resources:
  Bucket: { Type: 'AWS::S3::Bucket' }
`)
const value = (expression: unknown) => resolve(expression, scopeOf(template))

describe('a template', () => {
  test('in YAML may use short tags, at any depth', () => {
    const { Resources, Outputs } = readTemplate(`
Resources:
  A:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub ['\${x}-y', { x: !GetAtt B.Arn }]
      Tags: !If [IsDev, [!Ref B], !Ref AWS::NoValue]
Outputs: { Zone: { Value: !Select [0, !GetAZs ''] } }
`)
    expect(Resources['A']?.Properties).toEqual({
      BucketName: { 'Fn::Sub': ['${x}-y', { x: { 'Fn::GetAtt': 'B.Arn' } }] },
      Tags: { 'Fn::If': ['IsDev', [{ Ref: 'B' }], { Ref: 'AWS::NoValue' }] },
    })
    expect(value(Outputs?.['Zone']?.Value)).toBe('us-east-1a')
    expect(() => readTemplate('Resources: { A: !Nonsense x }')).toThrow('!Nonsense is no function of templates')
  })
})

describe('an intrinsic function', () => {
  test('is replaced by its value, at any depth', () => {
    expect(
      value({
        a: [{ Ref: 'Bucket' }, 1, null],
        b: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
        c: { 'Fn::GetAtt': 'Bucket.A.B' },
      }),
    ).toEqual({
      a: ['b', 1, null],
      b: 'Bucket.Arn!',
      c: 'Bucket.A.B!',
    })
    expect(value({ 'Fn::Sub': 'arn:${AWS::Region}:${Bucket.Arn}/${!Keep}/${Bucket}' })).toBe(
      'arn:us-east-1:Bucket.Arn!/${Keep}/b',
    )
    expect(value({ 'Fn::Sub': ['${x}-${Stage}', { x: { Ref: 'Bucket' } }] })).toBe('b-dev')
    expect(value({ 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 1]] })).toBe('a-dev-1')
    expect(value({ 'Fn::Join': [',', { Ref: 'List' }] })).toBe('x,y')
    expect(value({ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'p/q'] }] })).toBe('q')
    expect(value({ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] })).toBe(128)
    expect(
      value({
        a: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] },
        b: { 'Fn::If': ['Either', 1, 2] },
        c: { 'Fn::If': ['Both', 1, 2] },
      }),
    ).toEqual({ b: 1, c: 2 })
  })

  test('that is not supported, or names nothing, is an error that says so', () => {
    expect(() => value({ 'Fn::ImportValue': 'x' })).toThrow('Fn::ImportValue is not supported by this platform')
    expect(() => value({ 'Fn::Base64': 'x' })).toThrow('Fn::Base64 is not supported by this platform')
    expect(() => value({ Ref: 'Nothing' })).toThrow('Unresolved resource dependencies [Nothing]')
    expect(() => value({ 'Fn::Select': [5, ['a']] })).toThrow('Fn::Select wants')
    expect(() => value({ 'Fn::If': ['Absent', 1, 2] })).toThrow('Unresolved condition dependency Absent')
  })
})

describe('a template', () => {
  test('is ordered by its references', () => {
    expect([
      ...referencesIn({
        x: { 'Fn::Sub': ['${A.Arn} ${b} ${!C}', { b: { Ref: 'D' } }] },
        y: { 'Fn::GetAtt': ['E', 'Arn'] },
      }),
    ]).toEqual(['D', 'A', 'E'])
    const needs = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', []],
    ])
    expect(dependencyOrder(needs)).toEqual(['c', 'b', 'a'])
    expect(() =>
      dependencyOrder(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
        ]),
      ),
    ).toThrow('Circular dependency between resources: [a, b]')
    const two = readTemplate(
      '{"Resources":{"A":{"Type":"AWS::SQS::Queue","DependsOn":"B"},"B":{"Type":"AWS::SQS::Queue"}}}',
    )
    expect(two.Resources['A'] && dependenciesOf(two.Resources['A'], two)).toEqual(['B'])
  })

  test('with something unknown is refused and names it', () => {
    const check =
      (resources: object, more = {}) =>
      () =>
        checkTemplate(readTemplate(JSON.stringify({ Resources: resources, ...more })))
    expect(check({})).toThrow('At least one Resources member must be defined')
    expect(check({ A: { Type: 'AWS::Foo::Bar' } })).toThrow('Unrecognized resource types: [AWS::Foo::Bar]')
    expect(check({ A: { Type: 'AWS::SQS::Queue', Propertys: {} } })).toThrow('Propertys')
    expect(check({ A: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'B' } } } })).toThrow(
      'dependencies [B]',
    )
    expect(check({ A: { Type: 'AWS::SQS::Queue', DependsOn: ['B'] } })).toThrow('dependencies [B]')
    expect(check({ A: { Type: 'AWS::SQS::Queue' } }, { Transform: 'AWS::Serverless' })).toThrow('Transform')
    expect(() => readTemplate('{"Resources":')).toThrow('Template format error')
  })

  test('takes parameters, keeps earlier ones, and checks them', () => {
    const { Parameters } = readTemplate(
      '{"Parameters":{"N":{"Type":"Number","Default":1,"MaxValue":5},"S":{"Type":"String","AllowedValues":["a","b"]}},"Resources":{"A":{"Type":"AWS::SQS::Queue"}}}',
    )
    const declared = { ...template, Parameters }
    const given = (ParameterKey: string, ParameterValue: string) => ({ ParameterKey, ParameterValue })
    expect(parameterValues(declared, [given('S', 'a')], {})).toEqual({ N: '1', S: 'a' })
    expect(parameterValues(declared, [{ ParameterKey: 'S', UsePreviousValue: true }], { S: 'b' })).toEqual({
      N: '1',
      S: 'b',
    })
    expect(() => parameterValues(declared, [], {})).toThrow('Parameters: [S] must have values')
    expect(() => parameterValues(declared, [given('S', 'c')], {})).toThrow('AllowedValues')
    expect(() => parameterValues(declared, [given('S', 'a'), given('N', '6')], {})).toThrow('MaxValue: 5')
    expect(() => parameterValues(declared, [given('X', 'a')], {})).toThrow(
      'Parameters: [X] do not exist in the template',
    )
  })
})

test('a generated secret has its length, its kinds of characters and its key', () => {
  const options = {
    PasswordLength: 40,
    ExcludePunctuation: true,
    ExcludeCharacters: 'abc',
    SecretStringTemplate: '{"user":"u"}',
    GenerateStringKey: 'password',
  }
  const { user, password } = JSON.parse(generatedSecret(options)) as { user: string; password: string }
  expect(user).toBe('u')
  expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Zd-z0-9]{40}$/)
})
