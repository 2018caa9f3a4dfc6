import type { Operation } from '../../core/operation.ts'
import addTags from './add-tags.ts'
import listTags from './list-tags.ts'

export const operations: Operation[] = [addTags, listTags]
