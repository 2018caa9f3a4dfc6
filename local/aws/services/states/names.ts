import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'

/** The name of a machine or of an execution; `checkName` looks at its characters. */
export const nameInput = z.string().min(1).max(80)
export const arnInput = z.string().min(1).max(256)

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\u{fffe}\u{ffff}]/u

/** Throws InvalidName for a name with a character that AWS does not take. */
export const checkName = (name: string): void => {
  if (forbidden.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`)
}

export const machineArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${name}`

export const executionArn = ({ region, account }: Platform, machine: string, name: string): string =>
  `arn:aws:states:${region}:${account}:execution:${machine}:${name}`

export const activityArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:states:${region}:${account}:activity:${name}`

const invalidArn = (problem: string) => new AwsError('InvalidArn', `Invalid Arn: '${problem}'`)

const parts = (arn: string, type: 'stateMachine' | 'execution' | 'activity', count: number) => {
  const [prefix, , service, , , kind, ...names] = arn.split(':')
  if (prefix !== 'arn' || service !== 'states') throw invalidArn(`Invalid ARN prefix: ${arn}`)
  if (kind !== type || names.length !== count) throw invalidArn(`Resource type not valid in this context: ${kind}`)
  return names
}

/** The machine that an ARN names. Throws InvalidArn; versions and aliases do not exist here. */
export const machineNameOf = (arn: string): string => parts(arn, 'stateMachine', 1)[0] ?? ''

/** `machine:execution`, under which an execution is kept. Throws InvalidArn. */
export const executionKeyOf = (arn: string): string => parts(arn, 'execution', 2).join(':')

/** The activity that an ARN names. Throws InvalidArn. */
export const activityNameOf = (arn: string): string => parts(arn, 'activity', 1)[0] ?? ''
