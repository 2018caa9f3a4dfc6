import { contractClashes } from '@hopline/pipeline'
import type { Contract } from '@hopline/pipeline'
import { deployedVersion, liveContractsKey, otherVersionArn } from '@hopline/workflow'
import type { LiveContracts } from '@hopline/workflow'
import { ContractClash } from './errors.ts'
import { packageContract } from './package-contract.ts'
import type { Services } from './services.ts'

/** Contracts that are live at the same time, the newest first. */
type Live = readonly [Contract, ...Contract[]]

/**
 * The contracts that are live while an endpoint goes from a configuration, null where none serves, to a model package.
 * Throws {@link ContractClash} where they cannot stand side by side.
 */
export const contractsDuring = async (
  config: string | null,
  modelPackageArn: string,
  services: Services,
): Promise<Live> => {
  const next = await packageContract(modelPackageArn, services)
  const version = config === null ? undefined : deployedVersion(config)
  if (version === undefined) return [next]
  const inUse = await packageContract(otherVersionArn(modelPackageArn, version), services)
  if (inUse.hash === next.hash) return [next]
  const clashes = contractClashes(inUse, next).map(({ path, words }) => `${path} ${words}`)
  if (clashes.length === 0) return [next, inUse]
  throw new ContractClash(`${modelPackageArn} cannot take over from version ${version}: ${clashes.join('; ')}`)
}

/** Tells the predictor which contracts are live. */
export const writeLiveContracts = (pipeline: string, [newest, ...older]: Live, { objects, dataBucket }: Services) => {
  const document: LiveContracts = { contracts: [newest, ...older] }
  return objects.put(`s3://${dataBucket}/${liveContractsKey(pipeline)}`, JSON.stringify(document))
}
