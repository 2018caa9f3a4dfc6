import { kinds } from '../json.ts'
import type { Json } from '../json.ts'
import type { Sight } from '../language.ts'
import { callIntrinsic } from './intrinsics/call-intrinsic.ts'
import { IntrinsicProblem } from './intrinsics/given.ts'
import { parseIntrinsic } from './intrinsics/parse-intrinsic.ts'
import { NoResult, readPath } from './path/read-path.ts'
import type { Roots } from './path/read-path.ts'
import { readOr } from './paths.ts'

const shownRoot = (path: string, roots: Roots) => JSON.stringify(roots(path.startsWith('$$') ? '$$' : '$'))

const fromIntrinsic = (sight: Sight, text: string, roots: Roots): Json => {
  try {
    return callIntrinsic(parseIntrinsic(text), ({ path, text: written }) => {
      try {
        return readPath(path, roots)
      } catch (error) {
        if (!(error instanceof NoResult)) throw error
        const message = `The JSONPath argument for the field '${written}' could not be found in the input '${shownRoot(written, roots)}'`
        throw sight.failure('States.Runtime', message)
      }
    })
  } catch (error) {
    throw error instanceof IntrinsicProblem ? sight.failure('States.IntrinsicFailure', error.message) : error
  }
}

/** The value of a path or of a call of an intrinsic function, for the field that it stands in. */
export const dynamic = (sight: Sight, text: string, field: string, roots: Roots): Json => {
  if (text.startsWith('States.')) return fromIntrinsic(sight, text, roots)
  return readOr(text, roots, () => {
    const message = `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${shownRoot(text, roots)}'`
    return sight.failure('States.Runtime', message)
  })
}

/** Fills in every field whose name ends in `.$`: of Parameters, ResultSelector, ItemSelector, Assign, BatchInput. */
export const payloadOf = (sight: Sight, template: Json, roots: Roots): Json => {
  if (kinds.array.is(template)) return template.map((item) => payloadOf(sight, item, roots))
  if (!kinds.object.is(template)) return template
  const members = Object.entries(template).map(([name, value]): [string, Json] =>
    name.endsWith('.$') && kinds.string.is(value)
      ? [name.slice(0, -2), dynamic(sight, value, name, roots)]
      : [name, payloadOf(sight, value, roots)],
  )
  return Object.fromEntries(members)
}
