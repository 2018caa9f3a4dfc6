import { pageOf as page } from '../../core/page.ts'
import { refusal } from './define-cloudwatch-operation.ts'

/** One page of a list. */
export const pageOf = <T>(all: readonly T[], { size, token }: { size: number; token: string | undefined }) =>
  page(all, { limit: size, token, invalid: refusal('InvalidParameterValue', 'Invalid nextToken') })
