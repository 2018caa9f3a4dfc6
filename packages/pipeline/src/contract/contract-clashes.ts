import { compareContracts } from './compare-contracts.ts'
import type { Contract } from './contract.ts'
import type { Difference, Verdict } from './difference.ts'

const clashing = new Set<Verdict>(['new group version', 'refused'])

/**
 * Why models of two contracts cannot stand behind one endpoint: a name that would mean two things, or a request that the
 * contract in use takes and the next one does not. Empty where they can.
 */
export const contractClashes = (inUse: Contract, next: Contract): Difference[] =>
  compareContracts(inUse, next).differences.filter(({ verdict }) => clashing.has(verdict))
