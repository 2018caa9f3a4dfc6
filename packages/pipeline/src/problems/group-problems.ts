import { isDuration } from '../duration.ts'
import type { FeatureGroup } from '../feature-group.ts'
import { eventTimeName } from '../hopsworks/groups.ts'
import type { Source } from '../sources.ts'
import { columnProblems } from './column-problems.ts'
import type { Report } from './report.ts'

const source = (report: Report, source: Source, path: string) => {
  if (source.from === 's3') {
    report.expect(
      /^[^/\\?[\]{}][^\\?[\]{}]*\.(csv|parquet)$/.test(source.glob),
      path,
      `'${source.glob}' is no glob of Parquet or CSV keys`,
    )
    report.expect(!source.glob.includes('**'), path, 'only single * is known')
  }
  if (source.from === 'postgres')
    report.expect(isDuration(source.every), `${path}.every`, `'${source.every}' is no duration`)
}

/** What is wrong with the rows of a pipeline; `prefix` is what Hopsworks puts before the group's name. */
export const groupProblems = (report: Report, group: FeatureGroup, prefix: string): void => {
  const { name, from, columns, features, key } = group
  const own = (feature: string) => Object.hasOwn(columns, feature) || Object.hasOwn(features, feature)
  report.name(name, name, prefix)
  report.expect(from.length > 0, `${name}.from`, 'needs a source')
  for (const [at, each] of from.entries()) source(report, each, `${name}.from[${at}]`)
  for (const [column, each] of Object.entries(columns)) {
    report.name(column, `${name}.columns.${column}`)
    columnProblems(report, each, `${name}.columns.${column}`)
  }
  for (const [feature, { node }] of Object.entries(features)) {
    report.tree(node, `${name}.features.${feature}`)
    report.name(feature, `${name}.features.${feature}`)
    report.expect(!Object.hasOwn(columns, feature), `${name}.features.${feature}`, 'a column has the same name')
  }
  report.expect(key.length > 0, `${name}.key`, 'needs a column')
  for (const part of key) {
    report.expect(own(part), `${name}.key`, `there is no ${part}`)
    report.expect(columns[part]?.options.nullable !== true, `${name}.key`, `${part} is nullable`)
  }
  report.tree(group.eventTime.node, `${name}.eventTime`)
  report.expect(group.eventTime.node.type === 'timestamp', `${name}.eventTime`, 'must be a timestamp')
  const eventTime = eventTimeName(group)
  report.expect(eventTime !== undefined, `${name}.eventTime`, 'must be a column or a feature of the group')
  report.expect(columns[eventTime ?? '']?.options.nullable !== true, `${name}.eventTime`, `${eventTime} is nullable`)
}
