import { contractClashes, contractOf, parseContract, withLiveGroups } from '@hopline/pipeline'
import type { AnyPipeline, Contract } from '@hopline/pipeline'
import { liveContracts, liveContractsKey } from '@hopline/workflow'
import { LiveGroupChanged } from './errors.ts'
import type { Objects } from './objects.ts'

/** The contracts of the models behind a pipeline's endpoint, the newest first; none before its first deployment. */
const readLiveContracts = async (
  { list, get }: Pick<Objects, 'list' | 'get'>,
  pipeline: string,
): Promise<Contract[]> => {
  const key = liveContractsKey(pipeline)
  if (!(await list(key)).includes(key)) return [] // S3 would say 403 of an object that is missing
  const { contracts } = liveContracts.parse(JSON.parse(new TextDecoder().decode(await get(key))))
  return contracts.map(parseContract)
}

/** A pipeline with the groups that its live models read. Throws {@link LiveGroupChanged} where it would write one of them otherwise. */
export const servedPipeline = async (
  pipeline: AnyPipeline,
  objects: Pick<Objects, 'list' | 'get'>,
): Promise<AnyPipeline> => {
  const live = await readLiveContracts(objects, pipeline.name)
  const declared = contractOf(pipeline)
  const changes = live
    .flatMap((contract) => contractClashes(contract, declared))
    .flatMap(({ path, words }) => (path.startsWith('windows.') ? `${path} ${words}` : []))
  if (changes.length > 0) {
    throw new LiveGroupChanged(`a live model of ${pipeline.name} reads what was changed: ${changes.join('; ')}`)
  }
  return withLiveGroups(pipeline, live)
}
