import { AwsError } from '../../core/errors.ts'
import { pageOf as page } from '../../core/page.ts'

/** One page of a list. */
export const pageOf = <T>(
  all: readonly T[],
  { MaxResults, NextToken }: { readonly MaxResults: number; readonly NextToken?: string | undefined },
) => {
  const invalid = new AwsError('InvalidNextTokenException', 'The NextToken value is invalid.')
  return page(all, { limit: MaxResults, token: NextToken, invalid })
}
