import type { Metadata } from './metadata.ts'

type Kind = 'feature-group' | 'feature-view' | 'training-dataset'

/** The name under which tags, statistics and commits of an entity are kept. */
export const ownerOf = (kind: Kind, { id }: { id: number }): string => `${kind}/${id}`

/** Removes what is kept of an entity beside its own document. */
export const removeOwned = ({ tags, statistics, commits }: Metadata, owner: string): void => {
  for (const collection of [tags, statistics, commits])
    for (const { id } of collection.named(owner)) collection.remove(id)
}
