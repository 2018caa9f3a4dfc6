import { fieldProblems } from '@hopline/lambda'
import type { FieldProblem } from '@hopline/lambda'
import { requestSchema } from '@hopline/pipeline'
import type { ContractUnion, Values } from '@hopline/pipeline'
import { invalidRequest } from './problems.ts'

const maxInstances = 100

/** What a caller asks: one prediction, or a batch of them. */
export interface Requests {
  batch: boolean
  instances: Values[]
}

const isObject = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body)

/**
 * Reads the requests of a body, which is either the fields of one or `{ "instances": [...] }`. Throws a problem that names every
 * field at fault.
 */
export const requestParser = (union: ContractUnion): ((body: unknown) => Requests) => {
  const schema = requestSchema(union)
  const mayBeBatch = !union.request.some(({ name }) => name === 'instances')
  const parse = (instance: unknown, at: readonly PropertyKey[]): { value: Values } | { problems: FieldProblem[] } => {
    const parsed = schema.safeParse(instance)
    return parsed.success ? { value: parsed.data } : { problems: fieldProblems(parsed.error, at) }
  }
  return (body) => {
    const batch = mayBeBatch && isObject(body) && 'instances' in body
    const results = batch ? instancesOf(body).map((one, index) => parse(one, ['instances', index])) : [parse(body, [])]
    const problems = results.flatMap((result) => ('problems' in result ? result.problems : []))
    if (problems.length > 0) throw invalidRequest(problems)
    return { batch, instances: results.flatMap((result) => ('value' in result ? [result.value] : [])) }
  }
}

const instancesOf = ({ instances, ...others }: Record<string, unknown>): unknown[] => {
  const problems = Object.keys(others).map((field) => ({ field, problem: 'unknown field' }))
  if (problems.length > 0) throw invalidRequest(problems)
  if (!Array.isArray(instances) || instances.length === 0 || instances.length > maxInstances) {
    throw invalidRequest([{ field: 'instances', problem: `a list of 1 to ${maxInstances} requests` }])
  }
  return instances
}
