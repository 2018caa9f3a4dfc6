import type { Json } from '../../json.ts'
import { Given, IntrinsicProblem } from './given.ts'
import { intrinsics } from './intrinsics.ts'
import type { Argument, Call } from './parse-intrinsic.ts'

/** Calls an intrinsic function, inner ones first. Throws IntrinsicProblem, or what `read` throws for a path. */
export const callIntrinsic = ({ name, given, text }: Call, read: (path: Argument & { kind: 'path' }) => Json): Json => {
  const values = given.map((argument) => {
    if (argument.kind === 'value') return argument.value
    return argument.kind === 'path' ? read(argument) : callIntrinsic(argument.call, read)
  })
  const run = intrinsics[name]
  const taken = new Given(values)
  try {
    const result = run?.(taken)
    if (result === undefined || taken.left > 0) throw new IntrinsicProblem('There are too many arguments')
    return result
  } catch (error) {
    if (!(error instanceof IntrinsicProblem)) throw error
    throw new IntrinsicProblem(`The function '${text}' had the following error: ${error.message}`)
  }
}
