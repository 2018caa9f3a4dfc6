import { AwsError } from '../../../core/errors.ts'
import type { Size } from './deployment-config.ts'

const refuse = (message: string) => new AwsError('ValidationException', message)

/** A part of a fleet as a share of its instances; ValidationException for one below `percent.least` or above `percent.most`. */
export const fleetShare = (
  what: string,
  { Type, Value }: Size,
  instances: number,
  percent: { readonly least: number; readonly most: number },
): number => {
  const share = Type === 'CAPACITY_PERCENT' ? Value / 100 : Value / instances
  if (share * 100 > percent.most || share * 100 < percent.least) {
    throw refuse(
      `${what} must be between ${percent.least} and ${percent.most} percent of the fleet of ${instances} instance(s).`,
    )
  }
  return share
}
