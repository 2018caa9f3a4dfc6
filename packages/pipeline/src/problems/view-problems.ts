import { columnsRead } from '../expression/node.ts'
import type { FeatureGroup } from '../feature-group.ts'
import { treeOf } from '../feature-group.ts'
import type { FeatureView } from '../feature-view.ts'
import type { WindowGroup } from '../windows/windowed.ts'
import type { Check } from './check.ts'
import { expected, isRecord, listOf, object, oneOf, string, text, wholeFrom } from './check.ts'
import type { Report } from './report.ts'

export const isGroup = (value: unknown): value is FeatureGroup => isRecord(value) && isRecord(value['columns'])
export const isWindows = (value: unknown): value is WindowGroup => isRecord(value) && isGroup(value['of'])

const made =
  (by: string, isMade: (value: unknown) => boolean): Check =>
  (report, value, path) => {
    report.expect(isMade(value), path, expected(`what ${by}() gives`, value))
    return isMade(value)
  }

/** Whether a view holds what a view must, so that the rules about it can be held. */
export const isView: Check = object<{ [N in keyof FeatureView & string]: unknown }>({
  name: string,
  version: wholeFrom(1),
  spine: made('featureGroup', isGroup),
  label: text,
  request: listOf(text),
  features: listOf(text),
  join: listOf(made('windowed', isWindows)),
  stale: oneOf('null', 'refuse'),
})

const repeated = (names: readonly string[]) => [...new Set(names.filter((each, at) => names.indexOf(each) !== at))]

const requestProblems = (report: Report, { name, spine, request }: FeatureView) => {
  for (const column of request) {
    report.expect(Object.hasOwn(spine.columns, column), `${name}.request`, `there is no column ${column}`)
  }
  for (const column of repeated(request)) report.expect(false, `${name}.request`, `${column} is there twice`)
}

const labelProblems = (report: Report, { name, spine, label, features }: FeatureView) => {
  const type = treeOf(spine, label)?.type
  report.expect(type !== undefined, `${name}.label`, `there is no ${label}`)
  const isText = type === 'string' || type === 'timestamp' || type === 'date'
  report.expect(!isText, `${name}.label`, `${label} is a ${type}, and a label is a boolean or a number`)
  report.expect(!features.includes(label), `${name}.features`, `${label} is the label`)
}

/** What is wrong with a view: above all, features that the request does not give. */
export const viewProblems = (report: Report, view: FeatureView): void => {
  const { name, spine, request, features, join } = view
  const known = new Set(request)
  const lacks = (names: Iterable<string>) => [...names].filter((column) => !known.has(column)).join(', ')
  report.name(name, name, '_freshness')
  requestProblems(report, view)
  for (const feature of features) {
    const tree = treeOf(spine, feature)
    report.expect(tree !== undefined, `${name}.features`, `there is no ${feature}`)
    const missing = lacks(tree ? columnsRead(tree) : [])
    report.expect(missing === '', `${name}.features`, `${feature} reads ${missing}, which the request lacks`)
  }
  const missing = lacks([...columnsRead(spine.eventTime.node)].filter((name) => Object.hasOwn(spine.columns, name)))
  report.expect(missing === '', `${name}.request`, `lacks ${missing}, which the event time reads`)
  labelProblems(report, view)
  for (const group of join) {
    report.expect(group.of === spine, `${name}.join`, `${group.name} is not windowed over ${spine.name}`)
    const missing = lacks(Array.isArray(group.by) ? group.by : [])
    report.expect(missing === '', `${name}.join`, `${group.name} is keyed by ${missing}, which the request lacks`)
  }
  const joined = join.flatMap((group) => Object.keys(group.features).map((each) => `${group.name}_${each}`))
  for (const each of repeated([...features, ...joined])) {
    report.expect(false, `${name}.features`, `${each} is there twice`)
  }
}
