import type { FeatureGroup } from '../feature-group.ts'
import { eventTimeName } from '../hopsworks/groups.ts'
import { hasFailed } from './attempted.ts'
import { listOf, text } from './check.ts'
import { columnProblems } from './column-problems.ts'
import type { Report } from './report.ts'
import { sourceProblems } from './source-problems.ts'

const sources = listOf(sourceProblems)
const names = listOf(text)

/** What is wrong with the rows of a pipeline; `prefix` is what Hopsworks puts before the group's name. */
export const groupProblems = (report: Report, group: FeatureGroup, prefix: string): void => {
  const { name, from, columns, features, key, problems } = group
  const own = (feature: string) => Object.hasOwn(columns, feature) || Object.hasOwn(features, feature)
  report.problems.push(...problems)
  report.name(name, name, prefix)
  if (sources(report, from, `${name}.from`)) report.expect(from.length > 0, `${name}.from`, 'needs a source')
  for (const [column, each] of Object.entries(columns)) {
    report.name(column, `${name}.columns.${column}`)
    columnProblems(report, each, `${name}.columns.${column}`)
  }
  for (const [feature, expression] of Object.entries(features)) {
    report.expression(expression, columns, `${name}.features.${feature}`)
    report.name(feature, `${name}.features.${feature}`)
    report.expect(!Object.hasOwn(columns, feature), `${name}.features.${feature}`, 'a column has the same name')
  }
  if (names(report, key, `${name}.key`)) {
    report.expect(key.length > 0, `${name}.key`, 'needs a column')
    for (const part of key) {
      report.expect(own(part), `${name}.key`, `there is no ${part}`)
      report.expect(columns[part]?.options.nullable !== true, `${name}.key`, `${part} is nullable`)
    }
  }
  if (hasFailed(group, 'eventTime') || !report.expression(group.eventTime, columns, `${name}.eventTime`, 'timestamp'))
    return
  const eventTime = eventTimeName(group)
  report.expect(eventTime !== undefined, `${name}.eventTime`, 'must be a column or a feature of the group')
  report.expect(columns[eventTime ?? '']?.options.nullable !== true, `${name}.eventTime`, `${eventTime} is nullable`)
}
