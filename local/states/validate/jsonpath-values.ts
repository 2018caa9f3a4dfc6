import { isObject } from '../json.ts'
import { SyntaxProblem } from '../jsonpath/cursor.ts'
import { parseIntrinsic } from '../jsonpath/intrinsics/parse-intrinsic.ts'
import { parsePath } from '../jsonpath/path/parse-path.ts'
import { isReference } from '../jsonpath/path/path.ts'
import { invalid } from './problem.ts'
import type { Check } from './problem.ts'
import { variableNames } from './values.ts'

const parses = (parse: () => unknown): string | undefined => {
  try {
    parse()
    return undefined
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message
    throw error
  }
}

/** A path, as InputPath, ItemsPath or Variable have it. */
export const path: Check = (value, location, report) => {
  if (typeof value !== 'string') return report(invalid, 'Expected value of type String', location)
  const problem = parses(() => parsePath(value))
  if (problem !== undefined) report(invalid, `Invalid path '${value}': ${problem}`, location)
}

/** A path, or null for nothing. */
export const pathOrNull: Check = (value, location, report) => {
  if (value !== null) path(value, location, report)
}

/** A path to one place of the state's input, or null. */
export const resultPath: Check = (value, location, report) => {
  if (value === null) return
  path(value, location, report)
  if (typeof value !== 'string' || parses(() => parsePath(value)) !== undefined) return
  const parsed = parsePath(value)
  if (parsed.root !== '$' || !isReference(parsed)) report(invalid, 'Value is not a Reference Path', location)
}

/** A path, or a call of an intrinsic function. */
export const dynamic: Check = (value, location, report) => {
  const problem =
    typeof value === 'string'
      ? parses(() => (value.startsWith('States.') ? parseIntrinsic(value) : parsePath(value)))
      : 'it is no text'
  if (problem === undefined) return
  const field = location.slice(location.lastIndexOf('/') + 1)
  const message = `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call: ${problem}`
  report(invalid, message, location)
}

/** JSON in which every field whose name ends in `.$` is a path or a call. */
export const payloadTemplate: Check = (value, location, report) => {
  if (Array.isArray(value)) value.forEach((item, index) => payloadTemplate(item, `${location}[${index}]`, report))
  else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      const check = name.endsWith('.$') ? dynamic : payloadTemplate
      check(member, `${location}/${name}`, report)
    }
  }
}

export const payloadAssign: Check = (value, location, report) => {
  if (!isObject(value)) return report(invalid, 'Expected value of type Object', location)
  variableNames(
    Object.keys(value).map((name) => name.replace(/\.\$$/, '')),
    location,
    report,
  )
  payloadTemplate(value, location, report)
}
