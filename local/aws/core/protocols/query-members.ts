import { isRecord } from '../is-record.ts'

/** A tree of members from flat parameters: `Tags.member.1.Key=a` → `{ Tags: [{ Key: 'a' }] }`; maps come as entries. */
export const queryMembers = (parameters: Iterable<[string, string]>): Record<string, unknown> => {
  const root: Branch = new Map()
  for (const [name, value] of parameters) {
    const path = name.split('.')
    const leaf = path.pop() ?? ''
    let branch = root
    for (const step of path) {
      const next = branch.get(step)
      if (next instanceof Map) branch = next
      else branch.set(step, (branch = new Map()))
    }
    branch.set(leaf, value)
  }
  return membersOf(root)
}

type Branch = Map<string, Branch | string>

const inOrder = (branch: Branch) =>
  [...branch]
    .filter(([name]) => /^\d+$/.test(name))
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => valueOf(item))

const membersOf = (branch: Branch): Record<string, unknown> =>
  Object.fromEntries([...branch].map(([name, child]) => [name, valueOf(child)]))

const valueOf = (node: Branch | string): unknown => {
  if (typeof node === 'string') return node
  const [only] = node.size === 1 ? node : []
  if (only && only[1] instanceof Map) {
    if (only[0] === 'member') return inOrder(only[1])
    if (only[0] === 'entry') {
      return Object.fromEntries(
        inOrder(only[1])
          .filter(isRecord)
          .map(({ key, value, Name = key, Value = value }) => [Name, Value]),
      )
    }
  }
  if (node.size > 0 && [...node.keys()].every((name) => /^\d+$/.test(name))) return inOrder(node)
  return membersOf(node)
}
