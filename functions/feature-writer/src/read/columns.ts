import { WrongColumns } from '../errors.ts'

const listed = (what: string, names: readonly string[]) => {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name.slice(0, 63)))
  return shown.length === 0 ? [] : [`${what}: ${shown.join(', ')}`]
}

/**
 * Throws {@link WrongColumns} unless the file has every column that the group reads, once. It may hold more: these are
 * not read, and are named only where another is missing.
 */
export const checkColumns = (found: readonly string[], expected: readonly string[]) => {
  const missing = expected.filter((name) => !found.includes(name))
  const repeated = expected.filter((name) => found.indexOf(name) !== found.lastIndexOf(name))
  if (missing.length === 0 && repeated.length === 0) return
  const unknown = missing.length === 0 ? [] : found.filter((name) => !expected.includes(name))
  const problems = [...listed('missing', missing), ...listed('repeated', repeated), ...listed('not known', unknown)]
  throw new WrongColumns(problems.join('; '))
}
