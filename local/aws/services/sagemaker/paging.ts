import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { pageOf as page } from '../../core/page.ts'
import type { Table } from '../../core/store.ts'

/** Members of every List operation that pages. */
export const pageInput = {
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().max(8192).optional(),
}

/** Members of the List operations that sort and select. */
export const listInput = {
  ...pageInput,
  NameContains: z.string().max(63).optional(),
  CreationTimeAfter: z.number().optional(),
  CreationTimeBefore: z.number().optional(),
  SortOrder: z.enum(['Ascending', 'Descending']).optional(),
}

interface Page {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

interface Selection extends Page {
  readonly NameContains?: string | undefined
  readonly CreationTimeAfter?: number | undefined
  readonly CreationTimeBefore?: number | undefined
}

/** One page of a sorted list. */
export const pageOf = <T>(all: readonly T[], { MaxResults = 10, NextToken }: Page) => {
  const invalid = new AwsError('ValidationException', 'Invalid pagination token.')
  return page(all, { limit: MaxResults, token: NextToken, invalid })
}

/** Those whose name and time of creation (milliseconds) are asked for. */
export const selected = <T extends { readonly name: string; readonly createdAt: number }>(
  all: readonly T[],
  { NameContains, CreationTimeAfter, CreationTimeBefore }: Selection,
) =>
  all.filter(
    ({ name, createdAt }) =>
      (NameContains === undefined || name.toLowerCase().includes(NameContains.toLowerCase())) &&
      (CreationTimeAfter === undefined || createdAt / 1000 > CreationTimeAfter) &&
      (CreationTimeBefore === undefined || createdAt / 1000 < CreationTimeBefore),
  )

/** Sorts by what `by` tells, ties by name, in the order asked for. */
export const sorted = <T extends { readonly name: string }>(
  all: readonly T[],
  by: (item: T) => number | string,
  order: 'Ascending' | 'Descending',
) => {
  const sign = order === 'Ascending' ? 1 : -1
  return all.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)]
    if (x === y) return sign * (a.name < b.name ? -1 : 1)
    return sign * (x < y ? -1 : 1)
  })
}

interface Named {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** Members of the List operations of things that have no status. */
export const namedListInput = { ...listInput, SortBy: z.enum(['Name', 'CreationTime']).default('CreationTime') }

/** Members of the List operations of things with a status; jobs have these. */
export const statusListInput = {
  ...listInput,
  StatusEquals: z.enum(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']).optional(),
  SortBy: z.enum(['Name', 'CreationTime', 'Status']).default('CreationTime'),
}

type NamedList = z.infer<z.ZodObject<typeof namedListInput>>
type StatusList = Omit<z.infer<z.ZodObject<typeof statusListInput>>, 'StatusEquals' | 'SortOrder'>

const valuesOf = <T>(table: Pick<Table<T>, 'list'>) => table.list().map(({ value }) => value)

/** The page of named things that is asked for; newest first where no order is. */
export const namedPage = <T extends Named>(
  table: Pick<Table<T>, 'list'>,
  { SortBy, SortOrder = 'Descending', ...input }: NamedList,
) => {
  const by = { Name: 'name', CreationTime: 'createdAt' } as const
  return pageOf(
    sorted(selected(valuesOf(table), input), (item) => item[by[SortBy]], SortOrder),
    input,
  )
}

/** The page of things with a status that is asked for. */
export const statusPage = <T extends Named & { readonly status: string }>(
  table: Pick<Table<T>, 'list'>,
  {
    StatusEquals,
    SortBy,
    SortOrder,
    ...input
  }: StatusList & { readonly StatusEquals?: string | undefined; readonly SortOrder: 'Ascending' | 'Descending' },
) => {
  const by = { Name: 'name', CreationTime: 'createdAt', Status: 'status' } as const
  const asked = selected(valuesOf(table), input).filter(
    ({ status }) => StatusEquals === undefined || status === StatusEquals,
  )
  return pageOf(
    sorted(asked, (job) => job[by[SortBy]], SortOrder),
    input,
  )
}
