import { durationMs, isDuration } from '../duration.ts'
import type { WindowGroup } from '../windows/windowed.ts'
import { tileEnd } from '../hopsworks/groups.ts'
import type { Report } from './report.ts'

/** Hopsworks' key types that both stores hold alike. */
const keyKinds = new Set(['string', 'int', 'long'])

/** What is wrong with a window group. */
export const windowProblems = (report: Report, group: WindowGroup, prefix: string): void => {
  const { name, by, of, clock, every, maxAge, features } = group
  report.name(name, name, prefix)
  report.expect(name !== 'watermarks' && name !== of.name, name, 'this name is taken')
  report.expect(by.length > 0, `${name}.by`, 'needs a column')
  for (const column of by) {
    const { kind, options } = of.columns[column] ?? {}
    report.expect(
      kind !== undefined && keyKinds.has(kind),
      `${name}.by`,
      `${column} is no column of text or whole numbers`,
    )
    report.expect(options?.nullable !== true, `${name}.by`, `${column} is nullable`)
    report.expect(!Object.hasOwn(features, column), `${name}.features.${column}`, 'a key has the same name')
  }
  report.expect(isDuration(every), `${name}.every`, `'${every}' is no duration`)
  report.expect(isDuration(maxAge), `${name}.maxAge`, `'${maxAge}' is no duration`)
  report.expect(Object.keys(features).length > 0, `${name}.features`, 'needs a feature')
  report.tree(clock.node, `${name}.clock`)
  report.expect(clock.node.type === 'timestamp', `${name}.clock`, 'must be a timestamp')
  for (const [feature, { over, aggregate, of: node }] of Object.entries(features)) {
    const path = `${name}.features.${feature}`
    report.name(feature, path, `${name}_`)
    report.expect(feature !== tileEnd, path, 'this name is taken')
    report.expect(isDuration(over), path, `'${over}' is no duration`)
    report.expect(
      !isDuration(over) || !isDuration(every) || durationMs(over) % durationMs(every) === 0,
      path,
      `${over} is not a whole number of tiles of ${every}`,
    )
    const inexact = node?.type === 'double' && aggregate !== 'min' && aggregate !== 'max'
    report.expect(!inexact, path, `a ${aggregate} of doubles depends on their order`)
    if (node) report.tree(node, path)
  }
}
