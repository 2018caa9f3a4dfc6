import type { Contract } from '@hopline/pipeline'
import { contractWithout } from '@hopline/pipeline'
import type { CandidateName } from '@hopline/workflow'

/** What a candidate is trained on: everything, or only what the request itself says. */
export const candidateContract = (contract: Contract, candidate: CandidateName): Contract => {
  if (candidate === 'challenger') return contract
  const groups = new Set(contract.features.map(({ from }) => from).filter((from) => from !== 'request'))
  return contractWithout(contract, [...groups])
}
