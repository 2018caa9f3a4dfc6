import type { Entry } from './read-vector.ts'
import { VectorError, vectorFailures } from './vector-error.ts'
import type { ViewPlan } from './view-plan.ts'

const fits = (kind: string, value: unknown): boolean => {
  if (value === null) return true
  switch (kind) {
    case 'string':
    case 'binary':
    case 'date':
    case 'timestamp':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean' || value === 0 || value === 1
    case 'float':
    case 'double':
      return typeof value === 'number' || typeof value === 'bigint'
    case 'decimal':
      return typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint'
    case 'array':
      return Array.isArray(value)
    case 'map':
    case 'struct':
      return typeof value === 'object' && !Array.isArray(value)
    default:
      return typeof value === 'bigint' || Number.isInteger(value)
  }
}

/** Refuses passed features that the view does not have, or of another type. */
export const checkPassed = ({ features }: ViewPlan, passed: Entry): void => {
  for (const [name, value] of Object.entries(passed)) {
    const feature = features.find((known) => known.name === name)
    if (!feature) throw new VectorError(vectorFailures.featureNotFound, `feature \`${name}\``)
    if (!fits(feature.kind, value))
      throw new VectorError(vectorFailures.wrongType, `feature \`${name}\` is of type ${feature.type}`)
  }
}
