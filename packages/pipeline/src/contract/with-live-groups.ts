import { durationOf } from '../duration.ts'
import { columnsRead } from '../expression/node.ts'
import type { AnyPipeline } from '../pipeline.ts'
import type { WindowGroup } from '../windows/windowed.ts'
import type { Contract } from './contract.ts'

const maxAgeOf = ({ features }: Contract, group: string) =>
  Math.min(...features.flatMap((each) => (each.from === group && 'maxAgeSeconds' in each ? each.maxAgeSeconds : [])))

const groupsOf = (contract: Contract, of: WindowGroup['of']) =>
  Object.entries(contract.windows).map(([name, { by, clock, everySeconds, features }]): WindowGroup => ({
    name,
    of,
    by,
    clock: { node: clock },
    every: durationOf(everySeconds),
    maxAge: durationOf(maxAgeOf(contract, name)),
    features: Object.fromEntries(
      Object.entries(features).map(([feature, { overSeconds, ...windowed }]) => [
        feature,
        { ...windowed, over: durationOf(overSeconds) },
      ]),
    ),
  }))

/** Whether the rows still have every column that a group reads. */
const isComputable = ({ of: { columns }, by, clock, features }: WindowGroup) => {
  const trees = [clock.node, ...Object.values(features).flatMap(({ of }) => of ?? [])]
  return [...by, ...trees.flatMap((tree) => [...columnsRead(tree)])].every((name) => Object.hasOwn(columns, name))
}

/**
 * The pipeline with the window groups that it has dropped and that live contracts, the newest first, still read: so they
 * are written on until another model serves. A group whose columns are gone, too, is left to become stale.
 */
export const withLiveGroups = (pipeline: AnyPipeline, contracts: readonly Contract[]): AnyPipeline => {
  const groups = new Map(pipeline.windows.map((group) => [group.name, group]))
  for (const group of contracts.flatMap((contract) => groupsOf(contract, pipeline.spine))) {
    if (!groups.has(group.name) && isComputable(group)) groups.set(group.name, group)
  }
  return { ...pipeline, windows: [...groups.values()] }
}
