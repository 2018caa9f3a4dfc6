type Step = string | number

const steps = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']+)'\]/y

/** The steps of a path of names and indexes (`$`, `$.features`, `$['a'][0]`); undefined for any other path. */
export const parsePath = (path: string): readonly Step[] | undefined => {
  if (!path.startsWith('$')) return undefined
  const found: Step[] = []
  let end = 1
  while (end < path.length) {
    steps.lastIndex = end
    const match = steps.exec(path)
    if (match === null) return undefined
    const [whole, name, index, quoted] = match
    found.push(index === undefined ? (name ?? quoted ?? '') : Number(index))
    end += whole.length
  }
  return found
}

/** What a path finds in a JSON value; undefined if it leads nowhere. */
export const follow = (value: unknown, path: readonly Step[]): unknown =>
  path.reduce<unknown>((found, step) => {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    return Reflect.get(found, step)
  }, value)
