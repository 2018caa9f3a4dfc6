import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { policiesOf } from '../../core/policy/role-record.ts'
import { Path, PolicyDocument, PolicyName, Tags, checkPolicy } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'CreatePolicy',
  input: z.strictObject({
    PolicyName,
    PolicyDocument,
    Path: Path.default('/'),
    Description: z.string().max(1000).optional(),
    Tags: Tags.optional(),
  }),
  needs: ({ PolicyName, Path }, { account }) => [
    { action: 'iam:CreatePolicy', resource: `arn:aws:iam::${account}:policy${Path}${PolicyName}` },
  ],
  run: ({ PolicyName, PolicyDocument, Path }, { platform: { store, clock, account } }) => {
    checkPolicy(PolicyDocument, 'identity')
    const Arn = `arn:aws:iam::${account}:policy${Path}${PolicyName}`
    if (policiesOf(store).get(Arn))
      throw new AwsError('EntityAlreadyExists', `A policy called ${PolicyName} already exists.`, { status: 409 })
    const PolicyId = `ANPA${randomBytes(10).toString('hex').slice(0, 17).toUpperCase()}`
    const created = clock.now()
    policiesOf(store).put(Arn, { PolicyName, PolicyId, Arn, Path, created, document: PolicyDocument })
    return { Policy: { PolicyName, PolicyId, Arn, Path, DefaultVersionId: 'v1', CreateDate: new Date(created) } }
  },
})
