import { WrongColumns } from '../errors.ts'

const listed = (what: string, names: Iterable<string>) => {
  const list = [...names]
  return list.length === 0 ? [] : [`${what}: ${list.map((name) => JSON.stringify(name.slice(0, 63))).join(', ')}`]
}

/**
 * Throws {@link WrongColumns} unless the file has every column that the group reads, once. It may hold more: these are
 * not read, and are named only where another is missing.
 */
export const checkColumns = (found: readonly string[], expected: readonly string[]) => {
  const names = new Set(found)
  const wanted = new Set(expected)
  const missing = wanted.difference(names)
  const repeated = [...wanted].filter((name) => found.indexOf(name) !== found.lastIndexOf(name))
  if (missing.size === 0 && repeated.length === 0) return
  const unexpected = missing.size === 0 ? [] : names.difference(wanted)
  const problems = [...listed('missing', missing), ...listed('repeated', repeated), ...listed('not known', unexpected)]
  throw new WrongColumns(problems.join('; '))
}
