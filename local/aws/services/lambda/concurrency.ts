import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { settingsTable } from './functions.ts'

/** What an account gets by default in a region: calls at once, and how many of them no function may reserve. */
export const accountConcurrency = { all: 1000, unreservable: 100 }

const reservedBy = (platform: Platform, except?: string): number =>
  settingsTable(platform)
    .list()
    .reduce((sum, { key, value }) => sum + (key === except ? 0 : (value.reservedConcurrency ?? 0)), 0)

/** Calls at once for all functions that have nothing reserved. */
export const unreservedConcurrency = (platform: Platform): number => accountConcurrency.all - reservedBy(platform)

/** Refuses a reservation that would leave the others too little. */
export const checkReservation = (platform: Platform, name: string, reserved: number): void => {
  const { all, unreservable } = accountConcurrency
  if (all - reservedBy(platform, name) - reserved >= unreservable) return
  throw new AwsError(
    'InvalidParameterValueException',
    `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservable}].`,
    { Type: 'User' },
  )
}
