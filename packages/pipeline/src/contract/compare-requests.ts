import type { Contract, RequestColumn } from './contract.ts'
import type { Difference, Verdict } from './difference.ts'

/** What callers send today must stay good; what they may send in addition does no harm. */
const compareColumn = (before: RequestColumn, after: RequestColumn, isKey: boolean): Difference[] => {
  const differences: Difference[] = []
  const path = `request.${after.name}`
  const note = (differs: boolean, verdict: Verdict, words: string) => {
    if (differs) differences.push({ path, verdict, words })
  }
  if (before.type !== after.type || before.scale !== after.scale) {
    return [{ path, verdict: 'refused', words: `is ${shown(after)} and was ${shown(before)}: give it another name` }]
  }
  note(before.nullable && !after.nullable, 'refused', 'may no longer be null, and callers may send null')
  note(!before.nullable && after.nullable, 'compatible', 'may now be null')
  note(before.unit !== after.unit, 'refused', `is in ${after.unit ?? 'no unit'} and was in ${before.unit ?? 'no unit'}`)
  note(before.zone !== undefined && after.zone === undefined, 'refused', 'needs a zone now, and callers may send none')
  note(before.zone === undefined && after.zone !== undefined, 'compatible', `is taken as ${after.zone} without a zone`)
  const bound = (name: 'min' | 'max' | 'length', tighter: (a: number, b: number) => boolean) => {
    const [was, is] = [before[name], after[name]]
    if (was === is) return
    const narrower = is !== undefined && (was === undefined || tighter(is, was))
    const words = `${name} is ${is ?? 'open'} and was ${was ?? 'open'}`
    note(narrower, 'refused', `${words}: callers may send more`)
    note(!narrower, name === 'length' && isKey ? 'new group version' : 'compatible', words)
  }
  bound('min', (a, b) => a > b)
  bound('max', (a, b) => a < b)
  bound('length', (a, b) => a < b)
  const lost = before.oneOf?.filter((value) => after.oneOf && !after.oneOf.includes(value)) ?? []
  note(lost.length > 0, 'refused', `may no longer be ${lost.join(', ')}`)
  note(!before.oneOf && after.oneOf !== undefined, 'refused', 'may only be one of a list now')
  const gained = after.oneOf?.filter((value) => before.oneOf && !before.oneOf.includes(value)) ?? []
  note(gained.length > 0, 'compatible', `may also be ${gained.join(', ')}`)
  note(before.oneOf !== undefined && !after.oneOf, 'compatible', 'may be anything now')
  return differences
}

const shown = ({ type, scale }: RequestColumn) => (scale === undefined ? type : `${type} of scale ${scale}`)

/** Differences in what callers send. */
export const compareRequests = (inUse: Contract, next: Contract): Difference[] => {
  const before = new Map(inUse.request.map((column) => [column.name, column]))
  const after = new Map(next.request.map((column) => [column.name, column]))
  const keys = new Set(Object.values(next.windows).flatMap(({ by }) => by))
  return [
    ...[...after.values()].flatMap((column): Difference[] => {
      const known = before.get(column.name)
      if (known) return compareColumn(known, column, keys.has(column.name))
      const path = `request.${column.name}`
      return [
        column.nullable
          ? { path, verdict: 'compatible', words: 'is new and may be null' }
          : { path, verdict: 'refused', words: 'is new and may not be null, and callers do not send it' },
      ]
    }),
    ...[...before.keys()]
      .filter((name) => !after.has(name))
      .map((name): Difference => ({
        path: `request.${name}`,
        verdict: 'refused',
        words: 'is gone, and callers send it',
      })),
  ]
}
