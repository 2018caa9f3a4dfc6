import { parseTime } from '../../iso-time.ts'
import { kinds } from '../../json.ts'
import type { Json } from '../../json.ts'

/** `Is…` operators that need a value; IsPresent asks whether there is one. */
export const typeTests: ReadonlyMap<string, (value: Json) => boolean> = new Map([
  ['IsNull', kinds.null.is],
  ['IsString', kinds.string.is],
  ['IsNumeric', kinds.number.is],
  ['IsBoolean', kinds.boolean.is],
  ['IsTimestamp', (value: Json) => kinds.string.is(value) && parseTime(value) !== undefined],
])
