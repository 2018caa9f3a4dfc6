import type { Column } from '../columns.ts'
import { lengthOf, typeOfColumn } from '../columns.ts'
import { durationMs } from '../duration.ts'
import { treeOf } from '../feature-group.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { Node } from '../expression/node.ts'
import type { ViewDefinition } from '../hopsworks/definitions.ts'
import { featureViewRequests } from '../hopsworks/views.ts'
import type { AnyPipeline } from '../pipeline.ts'
import type { Type } from '../value.ts'
import type { WindowGroup } from '../windows/windowed.ts'
import type { Contract, RequestColumn } from './contract.ts'
import { sealed } from './contract.ts'

const requestColumn = (name: string, column: Column): RequestColumn => {
  const { column: _source, epoch: _epoch, description: _words, oneOf, nullable = false, ...options } = column.options
  return {
    name,
    ...options,
    ...typeOfColumn(column),
    nullable,
    ...(oneOf ? { oneOf: [...oneOf] } : {}),
    ...(column.kind === 'string' ? { length: lengthOf(column) } : {}),
  }
}

const knownTree = (group: FeatureGroup, name: string): Node => {
  const tree = treeOf(group, name)
  if (!tree) throw new RangeError(`${group.name} has no ${name}`)
  return tree
}

/** The type alone of what has one. */
const typed = ({ type, scale }: Type): Type => (scale === undefined ? { type } : { type, scale })

const seconds = (duration: WindowGroup['every']) => durationMs(duration) / 1000

const contractWindow = ({ by, clock, every, features }: WindowGroup) => ({
  by: [...by],
  clock: clock.node,
  everySeconds: seconds(every),
  features: Object.fromEntries(
    Object.entries(features).map(([name, { over, ...feature }]) => [name, { ...feature, overSeconds: seconds(over) }]),
  ),
})

const joined = ({ name, maxAge, features }: WindowGroup) =>
  Object.entries(features).map(([feature, declared]) => ({
    name: `${name}_${feature}`,
    ...typed(declared),
    from: name,
    feature,
    maxAgeSeconds: seconds(maxAge),
  }))

const named = ({ name, version }: ViewDefinition) => ({ name, version })

/** What a model of this pipeline is trained on and asked with: features of the request first, then join by join. */
export const contractOf = (pipeline: AnyPipeline): Contract => {
  const { name, spine, windows, view } = pipeline
  const { serving, freshness } = featureViewRequests(pipeline)
  const fromRequest = view.features.map((feature) => {
    const value = knownTree(spine, feature)
    return { name: feature, ...typed(value), from: 'request' as const, value }
  })
  const label = knownTree(spine, view.label)
  return sealed({
    version: 1,
    pipeline: name,
    views: { serving: named(serving), freshness: named(freshness) },
    request: view.request.flatMap((name) => {
      const column = spine.columns[name]
      return column ? [requestColumn(name, column)] : []
    }),
    eventTime: spine.eventTime.node,
    features: [...fromRequest, ...windows.flatMap(joined)],
    label: { name: view.label, ...typed(label), value: label },
    windows: Object.fromEntries(windows.map((group) => [group.name, contractWindow(group)])),
    stale: view.stale,
  })
}

/** The contract without the features of some window groups: what an ablation is trained on. It has a hash of its own. */
export const contractWithout = ({ hash: _hash, ...contract }: Contract, groups: readonly string[]): Contract =>
  sealed({
    ...contract,
    features: contract.features.filter(({ from }) => !groups.includes(from)),
    windows: Object.fromEntries(Object.entries(contract.windows).filter(([name]) => !groups.includes(name))),
  })
