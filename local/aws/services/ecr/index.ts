import type { Operation } from '../../core/operation.ts'
import describeRepositories from './describe-repositories.ts'

export const operations: Operation[] = [describeRepositories]
