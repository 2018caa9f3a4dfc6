import type { Operation } from '../../core/operation.ts'
import assumeRole from './assume-role.ts'
import getCallerIdentity from './get-caller-identity.ts'

export const operations: Operation[] = [getCallerIdentity, assumeRole]
