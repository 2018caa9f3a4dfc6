import { AwsError } from '../../core/errors.ts'
import { compilePattern } from './pattern/compile-pattern.ts'
import { InvalidPattern } from './pattern/invalid-pattern.ts'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InvalidPattern(error instanceof Error ? error.message : String(error))
  }
}

/** The test of a rule's pattern in JSON, or InvalidEventPatternException. */
export const checkedPattern = (text: string): ((event: unknown) => boolean) => {
  try {
    return compilePattern(parsed(text))
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`)
  }
}
