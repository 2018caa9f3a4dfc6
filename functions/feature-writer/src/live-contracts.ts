import { parseContract } from '@hopline/pipeline'
import type { Contract } from '@hopline/pipeline'
import { liveContracts, liveContractsKey } from '@hopline/workflow'
import type { Objects } from './objects.ts'

/** The contracts of the models behind a pipeline's endpoint, the newest first; none before its first deployment. */
export const readLiveContracts = async (
  { list, get }: Pick<Objects, 'list' | 'get'>,
  pipeline: string,
): Promise<Contract[]> => {
  const key = liveContractsKey(pipeline)
  if (!(await list(key)).includes(key)) return [] // S3 would say 403 of an object that is missing
  const { contracts } = liveContracts.parse(JSON.parse(new TextDecoder().decode(await get(key))))
  return contracts.map(parseContract)
}
