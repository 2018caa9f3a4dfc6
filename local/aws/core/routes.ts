import type { Operation } from './operation.ts'
import { pathOf, queryPairs } from './signing/canonical-request.ts'
import type { SignedRequest } from './signing/canonical-request.ts'

interface Compiled {
  readonly operation: Operation
  readonly method: string
  readonly path: RegExp
  readonly query: readonly string[]
  readonly headers: readonly string[]
}

/** The operation that a REST request means, and what its path's labels hold. */
export interface Match {
  readonly operation: Operation
  readonly labels: Readonly<Record<string, string>>
}

const compile = (operation: Operation): Compiled[] => {
  const { route } = operation
  if (!route) return []
  const source = route.path
    .split(/(\{[^}]+\})/)
    .map((part) => {
      const [, label, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? []
      if (!label) return part.replace(/[.+^$()|[\]\\]/g, '\\$&')
      return greedy ? `(?<${label}>.+)` : `(?<${label}>[^/]+)`
    })
    .join('')
  const { method, query = [], headers = [] } = route
  return [{ operation, method, path: new RegExp(`^${source}/?$`), query, headers }]
}

const decoded = (groups: Readonly<Record<string, string>> | undefined) =>
  Object.fromEntries(Object.entries(groups ?? {}).map(([label, text]) => [label, decodeURIComponent(text)]))

/** Finds operations by method, path, query and headers; the most demanding route wins. */
export const createRoutes = (operations: readonly Operation[]) => {
  const routes = operations
    .flatMap(compile)
    .toSorted((a, b) => b.query.length + b.headers.length - (a.query.length + a.headers.length))
  return (request: SignedRequest, service: string | undefined): Match | undefined => {
    const path = pathOf(request.url)
    const pairs = queryPairs(request.url)
    const present = new Set(pairs.flatMap(([name, value]) => [name, `${name}=${value}`]))
    for (const { operation, method, path: pattern, query, headers } of routes) {
      if (method !== request.method || (service && operation.service !== service)) continue
      if (!query.every((each) => present.has(each))) continue
      if (!headers.every((each) => request.headers[each] !== undefined)) continue
      const match = pattern.exec(path)
      if (match) return { operation, labels: decoded(match.groups) }
    }
    return undefined
  }
}
