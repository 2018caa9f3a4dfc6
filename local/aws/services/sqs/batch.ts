import { SqsError } from './sqs-error.ts'

const mostEntries = 10
const entryId = /^[\w-]{1,80}$/

const check = (entries: readonly { readonly Id: string }[]) => {
  if (entries.length === 0)
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.')
  if (entries.length > mostEntries) {
    const message = `Maximum number of entries per request are ${mostEntries}. You have sent ${entries.length}.`
    throw new SqsError('TooManyEntriesInBatchRequest', message)
  }
  if (entries.some(({ Id }) => !entryId.test(Id))) {
    const message = 'A batch entry id can only contain alphanumeric characters, hyphens and underscores, at most 80.'
    throw new SqsError('InvalidBatchEntryId', message)
  }
  const twice = entries.find(({ Id }, index) => entries.findIndex((other) => other.Id === Id) < index)
  if (twice) throw new SqsError('BatchEntryIdsNotDistinct', `Id ${twice.Id} repeated.`)
}

/** Does the same with every entry; what one of them is refused for is in the reply, beside what went well. */
export const eachEntry = <E extends { readonly Id: string }, R extends object>(
  entries: readonly E[],
  run: (entry: E) => R,
) => {
  check(entries)
  const Successful: (R & { Id: string })[] = []
  const Failed: { Id: string; SenderFault: true; Code: string; Message: string }[] = []
  for (const entry of entries) {
    const { Id } = entry
    try {
      Successful.push({ Id, ...run(entry) })
    } catch (error) {
      if (!(error instanceof SqsError)) throw error
      Failed.push({ Id, SenderFault: true, Code: error.queryName, Message: error.message })
    }
  }
  return { Successful, Failed }
}
