import { AwsError } from '../../../core/errors.ts'
import { isRecord } from '../../../core/is-record.ts'
import { compilePattern } from '../../events/pattern/compile-pattern.ts'
import { InvalidPattern } from '../../events/pattern/invalid-pattern.ts'
import type { EventSourceMapping } from './mapping.ts'

const invalid = () =>
  new AwsError('InvalidParameterValueException', 'Invalid filter pattern definition.', { Type: 'User' })

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const compiled = (pattern: string, content: string) => {
  const parsed = json(pattern)
  try {
    if (!isRecord(parsed)) throw invalid()
    const matches = compilePattern(parsed)
    if (!isRecord(parsed[content])) return (record: Readonly<Record<string, unknown>>) => matches(record)
    // A pattern of the content's members reads it as JSON: what is none does not match.
    return (record: Readonly<Record<string, unknown>>) => {
      const value = json(String(record[content]))
      return isRecord(value) && matches({ ...record, [content]: value })
    }
  } catch (error) {
    throw error instanceof InvalidPattern ? invalid() : error
  }
}

/**
 * Whether a record is for the function: one of the filters matches, or there is none.
 * `content` is the member that holds the record's own text, `body` or `data`.
 */
export const compileFilter = (
  criteria: EventSourceMapping['FilterCriteria'],
  content: 'body' | 'data',
): ((record: Readonly<Record<string, unknown>>) => boolean) => {
  const filters = (criteria?.Filters ?? []).map(({ Pattern }) => compiled(Pattern, content))
  return (record) => filters.length === 0 || filters.some((matches) => matches(record))
}
