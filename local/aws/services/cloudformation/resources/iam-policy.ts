import * as z from 'zod'
import { documentText, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

export default defineResource({
  type: 'AWS::IAM::Policy',
  properties: z.strictObject({ PolicyName: text, PolicyDocument: documentText, Roles: z.array(text).min(1) }),
  replacedBy: ['PolicyName'],
  async create({ PolicyName, PolicyDocument, Roles }, { call, name }) {
    for (const RoleName of Roles) await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument })
    return { physicalId: name(128), attributes: {} }
  },
  async update({ PolicyName, PolicyDocument, Roles }, { physicalId, properties: before }, { call }) {
    for (const RoleName of Roles) await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument })
    for (const RoleName of before.Roles) {
      if (!Roles.includes(RoleName)) await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName })
    }
    return { physicalId, attributes: {} }
  },
  async delete({ properties: { PolicyName, Roles } }, { call }) {
    for (const RoleName of Roles) await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName })
  },
})
