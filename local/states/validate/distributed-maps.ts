import { isObject } from '../json.ts'
import { graphsOf } from './graphs.ts'

/** Where the distributed Map states of a definition are. */
export const distributedMaps = (definition: unknown): string[] =>
  graphsOf(definition).flatMap(({ location, states }) =>
    Object.entries(states).flatMap(([name, { Type, ItemProcessor, Iterator = ItemProcessor }]) => {
      const config = isObject(Iterator) ? Iterator['ProcessorConfig'] : undefined
      const distributed = Type === 'Map' && isObject(config) && config['Mode'] === 'DISTRIBUTED'
      return distributed ? [`${location}/States/${name}`] : []
    }),
  )
