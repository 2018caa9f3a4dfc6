import type { MapState } from '../definition.ts'
import type { Step } from '../leave.ts'
import type { Visit } from '../visit.ts'
import { runDistributedMap } from './distributed-map.ts'
import { runInlineMap } from './inline-map.ts'

export const runMap = (state: MapState, visit: Visit): Promise<Step> => {
  const processor = state.ItemProcessor ?? state.Iterator
  if (!processor) throw visit.failure('States.Runtime', 'The state has no ItemProcessor.')
  const distributed = processor.ProcessorConfig?.Mode === 'DISTRIBUTED'
  return (distributed ? runDistributedMap : runInlineMap)(state, processor, visit)
}
