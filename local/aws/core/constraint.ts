import type * as z from 'zod'

/** How zod begins its own sentences; a schema that words a constraint itself keeps its words. */
const usual = /^(Invalid|Too (big|small):)/

const sized = (origin: string, comparison: 'less' | 'greater', limit: number | bigint) => {
  const what = origin === 'string' || origin === 'array' || origin === 'set' ? 'length' : 'value'
  return `Member must have ${what} ${comparison} than or equal to ${limit}`
}

const source = (pattern: string | undefined) => pattern?.replace(/^\/\^?(.*?)\$?\/[a-z]*$/s, '$1') ?? ''

/** A constraint in AWS's words: `Member must have length less than or equal to 63`. */
export const constraint = (issue: z.core.$ZodIssue): string => {
  if (!usual.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'too_big':
      return sized(issue.origin, 'less', issue.maximum)
    case 'too_small':
      return sized(issue.origin, 'greater', issue.minimum)
    case 'invalid_format':
      return issue.format === 'regex'
        ? `Member must satisfy regular expression pattern: ${source(issue.pattern)}`
        : issue.message
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.join(', ')}]`
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'Member must not be null' : issue.message
    default:
      return issue.message
  }
}
