type TagList = readonly { readonly Key: string; readonly Value: string }[]

interface Change {
  readonly before: TagList | undefined
  readonly after: TagList | undefined
}

interface Tagging {
  readonly put: (tags: TagList) => Promise<unknown>
  readonly remove: (keys: readonly string[]) => Promise<unknown>
}

/** Brings the tags of a resource from what its template said to what it says now; others stay. */
export const retag = async ({ before = [], after = [] }: Change, { put, remove }: Tagging): Promise<void> => {
  const gone = before.map(({ Key }) => Key).filter((key) => after.every(({ Key }) => Key !== key))
  if (gone.length > 0) await remove(gone)
  if (after.length > 0 && JSON.stringify(before) !== JSON.stringify(after)) await put(after)
}

/** Tags of the resource types whose property is a map. */
export const tagList = (map: Readonly<Record<string, string>> = {}): { Key: string; Value: string }[] =>
  Object.entries(map).map(([Key, Value]) => ({ Key, Value }))

/** Tags as the services have them that keep a map. */
export const tagMap = (tags: TagList): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
