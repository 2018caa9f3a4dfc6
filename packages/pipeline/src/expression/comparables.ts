import type { Type } from '../value.ts'
import type { Given } from './compiled.ts'
import { asDouble, asUnits } from './numbers.ts'
import { widest } from './signature.ts'

/** How each of several arguments is brought to what JavaScript compares: exactly, but as doubles if one of them is a double. */
export const comparables = (types: readonly Type[]): readonly ((x: Given) => Given)[] => {
  const { type, scale = 0 } = widest(types)
  if (type === 'long' || type === 'decimal') return types.map((each) => asUnits(each, scale))
  if (types.every((each) => each.type === 'double' || each.type === 'int')) return types.map(() => Number)
  return type === 'double' ? types.map(asDouble) : types.map(() => (x) => x)
}
