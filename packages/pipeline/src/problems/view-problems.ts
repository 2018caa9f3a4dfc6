import { columnsRead } from '../expression/node.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { FeatureView } from '../feature-view.ts'
import type { Report } from './report.ts'

const readBy = ({ columns, features }: FeatureGroup, name: string) => {
  if (Object.hasOwn(columns, name)) return new Set([name])
  return Object.hasOwn(features, name) && features[name] ? columnsRead(features[name].node) : undefined
}

/** What is wrong with a view: above all, features that the request does not give. */
export const viewProblems = (report: Report, view: FeatureView): void => {
  const { name, version, spine, label, request, features, join } = view
  const known = new Set(request)
  report.name(name, name, '_freshness')
  report.expect(Number.isInteger(version) && version >= 1, `${name}.version`, 'must be a whole number from 1')
  for (const column of request) {
    report.expect(Object.hasOwn(spine.columns, column), `${name}.request`, `there is no column ${column}`)
  }
  for (const feature of features) {
    const reads = readBy(spine, feature)
    report.expect(reads !== undefined, `${name}.features`, `there is no ${feature}`)
    const missing = [...(reads ?? [])].filter((column) => !known.has(column))
    report.expect(
      missing.length === 0,
      `${name}.features`,
      `${feature} reads ${missing.join(', ')}, which the request lacks`,
    )
  }
  const atEventTime = [...columnsRead(spine.eventTime.node)].filter((column) => !known.has(column))
  report.expect(
    atEventTime.length === 0,
    `${name}.request`,
    `lacks ${atEventTime.join(', ')}, which the event time reads`,
  )
  report.expect(readBy(spine, label) !== undefined, `${name}.label`, `there is no ${label}`)
  report.expect(!features.includes(label), `${name}.features`, `${label} is the label`)
  for (const group of join) {
    report.expect(group.of === spine, `${name}.join`, `${group.name} is not windowed over ${spine.name}`)
    const missing = group.by.filter((column) => !known.has(column))
    report.expect(
      missing.length === 0,
      `${name}.join`,
      `${group.name} is keyed by ${missing.join(', ')}, which the request lacks`,
    )
  }
  const all = [
    ...features,
    ...join.flatMap((group) => Object.keys(group.features).map((each) => `${group.name}_${each}`)),
  ]
  const twice = all.filter((each, at) => all.indexOf(each) !== at)
  report.expect(twice.length === 0, `${name}.features`, `${twice.join(', ')} is there twice`)
}
