import { alarm } from './accepted/alarm.ts'
import { kmsAlias, kmsKey } from './accepted/kms.ts'
import { network } from './accepted/network.ts'

/** Every type that a template may hold although nothing lies behind it; properties and references are checked. */
export const acceptedWithoutEffect = [alarm, kmsAlias, kmsKey, ...network]
