import { compile } from '../expression/compile.ts'
import type { Values } from '../value.ts'
import type { Contract } from './contract.ts'

/** Computes the features of a request, in the contract's order, from contract.json alone. */
export const requestFunction = (contract: Pick<Contract, 'features'>): ((request: Values) => Values) => {
  const features = contract.features.flatMap((feature) =>
    'value' in feature ? [[feature.name, compile(feature.value)] as const] : [],
  )
  return (request) => {
    const out: Values = {}
    for (const [name, value] of features) out[name] = value(request)
    return out
  }
}

/** When the prediction of a request is asked for, in microseconds; null if the request does not say. */
export const requestTime = (contract: Pick<Contract, 'eventTime'>): ((request: Values) => bigint | null) => {
  const eventTime = compile(contract.eventTime)
  return (request) => {
    const value = eventTime(request)
    return typeof value === 'bigint' ? value : null
  }
}
