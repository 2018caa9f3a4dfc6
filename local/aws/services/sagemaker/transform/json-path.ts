/** One step of a path: a name or index, several of them, or a part of a list. */
type Step = { readonly one: string | number } | { readonly several: readonly (string | number)[] } | Slice
interface Slice {
  readonly from: number | undefined
  readonly to: number | undefined
}

const key = `-?\\d+|'[^']+'`
const steps = new RegExp(`\\.([A-Za-z_][\\w-]*)|\\[((?:${key})(?:,(?:${key}))*)\\]|\\[(-?\\d*):(-?\\d*)\\]`, 'y')
const keyOf = (text: string) => (text.startsWith("'") ? text.slice(1, -1) : Number(text))
const bound = (text: string | undefined) => (text ? Number(text) : undefined)

/**
 * The steps of a path of names, indexes, unions and slices (`$`, `$.features`, `$['a','b']`, `$[0,-1]`, `$[1:]`);
 * undefined for any other path.
 */
export const parsePath = (path: string): readonly Step[] | undefined => {
  if (!path.startsWith('$')) return undefined
  const found: Step[] = []
  let end = 1
  while (end < path.length) {
    steps.lastIndex = end
    const match = steps.exec(path)
    if (match === null) return undefined
    const [whole, name, keys, from, to] = match
    const several = keys?.split(',').map(keyOf)
    if (name !== undefined) found.push({ one: name })
    else if (several === undefined) found.push({ from: bound(from), to: bound(to) })
    else found.push(several.length === 1 && several[0] !== undefined ? { one: several[0] } : { several })
    end += whole.length
  }
  return found
}

const member = (value: unknown, step: string | number): unknown => {
  if (Array.isArray(value) && typeof step === 'number') return value.at(step)
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return Reflect.get(value, step)
}

const take = (value: unknown, step: Step): unknown => {
  if ('one' in step) return member(value, step.one)
  if (!('several' in step)) return Array.isArray(value) ? value.slice(step.from, step.to) : undefined
  const found = step.several.map((each) => [each, member(value, each)] as const)
  if (found.some(([, each]) => each === undefined)) return undefined
  return Array.isArray(value) ? found.map(([, each]) => each) : Object.fromEntries(found)
}

/** What a path finds in a value; undefined if it leads nowhere. Several names of an object give an object. */
export const follow = (value: unknown, path: readonly Step[]): unknown => path.reduce<unknown>(take, value)
