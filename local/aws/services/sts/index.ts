import type { Operation } from '../../core/operation.ts'
import getCallerIdentity from './get-caller-identity.ts'

export const operations: Operation[] = [getCallerIdentity]
