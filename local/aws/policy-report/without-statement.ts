import * as z from 'zod'
import type { RoleRecord } from '../core/policy/role-record.ts'
import { trust } from './template-roles.ts'
import type { RoleStatement } from './template-roles.ts'

const document = z.looseObject({ Statement: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]) })

const without = (text: string, index: number): string => {
  const policy = document.parse(JSON.parse(text))
  return JSON.stringify({ ...policy, Statement: policy.Statement.toSpliced(index, 1) })
}

/** A role from which one statement has been struck out. */
export const withoutStatement = (
  role: RoleRecord,
  { policy, index }: Pick<RoleStatement, 'policy' | 'index'>,
): RoleRecord => {
  if (policy === trust) return { ...role, trust: without(role.trust, index) }
  return { ...role, inline: { ...role.inline, [policy]: without(role.inline[policy] ?? '', index) } }
}
