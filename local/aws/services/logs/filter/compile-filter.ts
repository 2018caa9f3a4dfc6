import { AwsError } from '../../../core/errors.ts'
import type { Filter } from './filter.ts'
import { compileJson } from './json-filter.ts'
import { compileTerms } from './term-filter.ts'

/**
 * A filter pattern of CloudWatch Logs: terms or a JSON expression. The form for space-delimited events, `[a, b]`, and
 * regular expressions, `%a%`, are refused with InvalidParameterException, as is what cannot be read.
 */
export const compileFilter = (pattern: string): Filter => {
  const text = pattern.trim()
  if (text.startsWith('['))
    throw new AwsError('InvalidParameterException', 'Patterns for space-delimited events are not served here.')
  return text.startsWith('{') ? compileJson(text) : compileTerms(text)
}
