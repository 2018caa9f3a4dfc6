import { contractOf, parseContract, unionOfContracts } from '@hopline/pipeline'
import type { AnyPipeline, Contract } from '@hopline/pipeline'
import { endpointName, liveContracts, liveContractsKey } from '@hopline/workflow'
import { keptFresh } from './kept-fresh.ts'
import type { KeptFresh } from './kept-fresh.ts'
import type { ObjectText } from './object-text.ts'
import { predictorOf } from './predict.ts'
import { requestParser } from './requests.ts'

/** How a pipeline is asked and answers under the contracts of some models. */
export interface Served {
  hashes: readonly string[]
  parse: ReturnType<typeof requestParser>
  predict: ReturnType<typeof predictorOf>
}

/** A pipeline under the contracts that its deployer says are live; until there are any, under its own. */
export const livePipeline = (
  pipeline: AnyPipeline,
  stage: string,
  { object, now }: { object: ObjectText; now: () => number },
): KeptFresh<Served> => {
  const endpoint = endpointName(pipeline.name, stage)
  const served = (contracts: readonly [Contract, ...Contract[]]): Served => {
    const union = unionOfContracts(contracts)
    return { hashes: union.hashes, parse: requestParser(union), predict: predictorOf(union, endpoint) }
  }
  const read = async (known: Served | undefined) => {
    const {
      contracts: [newest, ...older],
    } = liveContracts.parse(JSON.parse(await object(liveContractsKey(pipeline.name))))
    const contracts: [Contract, ...Contract[]] = [parseContract(newest), ...older.map(parseContract)]
    return known?.hashes.join() === contracts.map(({ hash }) => hash).join() ? known : served(contracts)
  }
  return keptFresh(() => served([contractOf(pipeline)]), read, { now })
}
