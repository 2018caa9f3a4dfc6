import { durationMs, isDuration } from '../duration.ts'
import { tileEnd } from '../hopsworks/groups.ts'
import type { Kind } from '../value.ts'
import type { WindowFeature } from '../windows/aggregates.ts'
import { aggregatedKinds } from '../windows/aggregates.ts'
import type { WindowGroup } from '../windows/windowed.ts'
import { hasFailed } from './attempted.ts'
import { duration, expected, isRecord, listOf, text } from './check.ts'
import type { Report } from './report.ts'

/** Hopsworks' key types that both stores hold alike. */
const keyKinds = new Set<Kind>(['string', 'int', 'long'])
const names = listOf(text)

const keyProblems = (report: Report, { name, by, of, features }: WindowGroup) => {
  report.expect(by.length > 0, `${name}.by`, 'needs a column')
  for (const column of by) {
    const { kind, options } = of.columns[column] ?? {}
    const isKey = kind !== undefined && keyKinds.has(kind)
    report.expect(isKey, `${name}.by`, `${column} is no column of text or whole numbers`)
    report.expect(options?.nullable !== true, `${name}.by`, `${column} is nullable`)
    report.expect(!Object.hasOwn(features, column), `${name}.features.${column}`, 'a key has the same name')
  }
}

const isWindowFeature = (value: unknown): value is WindowFeature => isRecord(value) && 'aggregate' in value

const featureProblems = (report: Report, { of: rows, every }: WindowGroup, feature: unknown, path: string) => {
  if (!isWindowFeature(feature)) {
    const windowed = "an aggregate and its window, like count().over('3 hours')"
    return report.expect(false, path, expected(windowed, feature))
  }
  const { aggregate, over, of } = feature
  if (duration(report, over, path) && isDuration(over) && isDuration(every)) {
    const isWhole = durationMs(over) % durationMs(every) === 0
    report.expect(isWhole, path, `${over} is not a whole number of tiles of ${every}`)
  }
  if (aggregate === 'count' || !report.expression({ node: of }, rows.columns, path) || of === null) return
  const kinds: readonly Kind[] = aggregatedKinds[aggregate]
  const why = of.type === 'double' && aggregate !== 'share' ? ': it would depend on the order of rows' : ''
  report.expect(kinds.includes(of.type), path, `${aggregate} takes ${kinds.join(', ')}, not ${of.type}${why}`)
}

/** What is wrong with a window group. */
export const windowProblems = (report: Report, group: WindowGroup, prefix: string): void => {
  const { name, by, of, clock, every, maxAge, features, problems = [] } = group
  report.name(name, name, prefix)
  report.expect(name !== 'watermarks' && name !== of.name, name, 'this name is taken')
  if (names(report, by, `${name}.by`)) keyProblems(report, group)
  duration(report, every, `${name}.every`)
  duration(report, maxAge, `${name}.maxAge`)
  report.problems.push(...problems)
  if (!hasFailed(group, 'clock')) report.expression(clock, of.columns, `${name}.clock`, 'timestamp')
  const isEmpty = Object.keys(features).length === 0 && !hasFailed(group, 'features')
  report.expect(!isEmpty, `${name}.features`, 'needs a feature')
  for (const [feature, each] of Object.entries(features)) {
    const path = `${name}.features.${feature}`
    report.name(feature, path, `${name}_`)
    report.expect(feature !== tileEnd, path, 'this name is taken')
    featureProblems(report, group, each, path)
  }
}
