import type { Operation } from '../../core/operation.ts'
import attachRolePolicy from './attach-role-policy.ts'
import createPolicy from './create-policy.ts'
import createRole from './create-role.ts'
import deletePolicy from './delete-policy.ts'
import deleteRolePolicy from './delete-role-policy.ts'
import deleteRole from './delete-role.ts'
import detachRolePolicy from './detach-role-policy.ts'
import getRolePolicy from './get-role-policy.ts'
import getRole from './get-role.ts'
import listAttachedRolePolicies from './list-attached-role-policies.ts'
import listRolePolicies from './list-role-policies.ts'
import listRoles from './list-roles.ts'
import putRolePolicy from './put-role-policy.ts'
import simulatePrincipalPolicy from './simulate-principal-policy.ts'
import tagRole from './tag-role.ts'
import untagRole from './untag-role.ts'
import updateAssumeRolePolicy from './update-assume-role-policy.ts'
import updateRole from './update-role.ts'

export const operations: Operation[] = [
  createRole,
  getRole,
  listRoles,
  updateRole,
  deleteRole,
  updateAssumeRolePolicy,
  putRolePolicy,
  getRolePolicy,
  deleteRolePolicy,
  listRolePolicies,
  attachRolePolicy,
  detachRolePolicy,
  listAttachedRolePolicies,
  tagRole,
  untagRole,
  simulatePrincipalPolicy,
  createPolicy,
  deletePolicy,
]
