import { InvalidContract, parseContract } from '@hopline/pipeline'
import type { Contract } from '@hopline/pipeline'
import { UnusableModelPackage } from './errors.ts'
import type { Services } from './services.ts'

/** The contract that a registered model was trained on. Throws {@link UnusableModelPackage} where it is not the registered one. */
export const packageContract = async (arn: string, { hosting, objects }: Services): Promise<Contract> => {
  const { contract: registered, contractUri } = (await hosting.modelPackage(arn)).properties
  if (registered === undefined || contractUri === undefined) {
    throw new UnusableModelPackage(`${arn} names no contract: was it registered by the evaluator?`)
  }
  try {
    const contract = parseContract(JSON.parse(await objects.text(contractUri)))
    if (contract.hash === registered) return contract
    throw new UnusableModelPackage(`${contractUri} has hash ${contract.hash}, but ${registered} was registered`)
  } catch (error) {
    if (error instanceof InvalidContract) throw new UnusableModelPackage(`${contractUri}: ${error.message}`)
    throw error
  }
}
