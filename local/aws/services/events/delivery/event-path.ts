import { isRecord } from '../../../core/is-record.ts'

const step = /\.([^.[\]'"*]+)|\[(\d+|\*)\]|\['([^']+)'\]/y

/** The steps of a JSON path of EventBridge (`$.detail.items[0].name`), or undefined if it is none. */
const stepsOf = (path: string): readonly string[] | undefined => {
  if (!path.startsWith('$')) return undefined
  const steps: string[] = []
  let at = 1
  while (at < path.length) {
    step.lastIndex = at
    const found = step.exec(path)
    if (!found) return undefined
    steps.push(found[1] ?? found[2] ?? found[3] ?? '')
    at = step.lastIndex
  }
  return steps
}

export const isEventPath = (path: string): boolean => stepsOf(path) !== undefined

const follow = (value: unknown, [first, ...rest]: readonly string[]): unknown => {
  if (first === undefined) return value
  if (Array.isArray(value) && first === '*')
    return value.map((each) => follow(each, rest)).filter((each) => each !== undefined)
  if (Array.isArray(value)) return /^\d+$/.test(first) ? follow(value[Number(first)], rest) : undefined
  return isRecord(value) && Object.hasOwn(value, first) ? follow(value[first], rest) : undefined
}

/** What an event has at a path; undefined where it has nothing. */
export const atPath = (event: unknown, path: string): unknown => follow(event, stepsOf(path) ?? ['\0'])
