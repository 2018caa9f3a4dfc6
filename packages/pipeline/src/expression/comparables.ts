import type { Type } from '../value.ts'
import type { Given } from './compiled.ts'
import { asDouble, asUnits } from './numbers.ts'
import { isNumber, widest } from './signature.ts'

/** How each of several arguments is brought to what JavaScript compares: exactly, but as doubles if one of them is a double. */
export const comparables = (types: readonly Type[]): readonly ((x: Given) => Given)[] => {
  if (!types.every(isNumber)) return types.map(() => (x) => x)
  const { type, scale = 0 } = widest(types)
  if (type === 'int') return types.map(() => Number)
  return types.map((each) => (type === 'double' ? asDouble(each) : asUnits(each, scale)))
}
