import * as z from 'zod'
import type { ApiKey, Scope } from '../keys.ts'
import { failures, RestError } from '../rest-error.ts'

/** One request of the management API, authorised and found. */
export class Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly text: string
  readonly key: ApiKey

  constructor(given: { params: Record<string, string>; query: URLSearchParams; text: string; key: ApiKey }) {
    this.params = given.params
    this.query = given.query
    this.text = given.text
    this.key = given.key
  }

  param(name: string): string {
    return this.params[name] ?? ''
  }

  number(name: string): number {
    const value = this.param(name)
    return /^\d{1,15}$/.test(value) ? Number(value) : -1
  }

  /** Python writes `True`, JavaScript `true`. */
  flag(name: string): boolean {
    return this.query.get(name)?.toLowerCase() === 'true'
  }

  /** A query parameter that counts; `otherwise` where it is absent. */
  count(name: string, otherwise: number): number {
    const value = this.query.get(name)
    if (value === null) return otherwise
    if (!/^\d{1,9}$/.test(value)) throw new RestError(failures.illegalQuery, `${name}=${value}`)
    return Number(value)
  }

  /** The part of a list that `offset` and `limit` ask for, with the number of all. */
  page<T, V = T>(all: readonly T[], view: (item: T) => V): { count: number; items: V[] } {
    const from = this.count('offset', 0)
    return { count: all.length, items: all.slice(from, from + this.count('limit', all.length)).map(view) }
  }

  body<T>(schema: z.ZodType<T>): T {
    let value: unknown
    try {
      value = JSON.parse(this.text)
    } catch {
      throw new RestError(failures.illegalArgument, 'the body is not JSON')
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
    throw new RestError(failures.illegalArgument, problems.join('; '))
  }
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Segments; `:name` takes one, `*` the rest. */
  readonly path: string
  readonly scope: Scope
  /** Returns the body, which goes as JSON; undefined for an empty one, a stream for a file. */
  handle(call: Call): unknown
  readonly status?: number
}

export interface Match {
  readonly route: Route
  readonly params: Record<string, string>
}

interface Node {
  readonly fixed: Map<string, Node>
  readonly routes: Map<string, Route>
  param?: { readonly name: string; readonly node: Node }
  rest?: Map<string, Route>
}

const node = (): Node => ({ fixed: new Map(), routes: new Map() })

const place = (root: Node, route: Route): void => {
  let at = root
  for (const segment of route.path.split('/').filter(Boolean)) {
    if (segment === '*') {
      at.rest ??= new Map()
      at.rest.set(route.method, route)
      return
    }
    if (segment.startsWith(':')) {
      at.param ??= { name: segment.slice(1), node: node() }
      at = at.param.node
    } else {
      const next = at.fixed.get(segment) ?? node()
      at.fixed.set(segment, next)
      at = next
    }
  }
  at.routes.set(route.method, route)
}

/** Finds the route of a request; fixed segments win over named ones. */
export const matcher = (routes: readonly Route[]) => {
  const root = node()
  for (const route of routes) place(root, route)
  const walk = (at: Node, method: string, segments: readonly string[], index: number): Match | undefined => {
    const segment = segments[index]
    if (segment === undefined) {
      const route = at.routes.get(method)
      return route && { route, params: {} }
    }
    const next = at.fixed.get(segment)
    const fixed = next && walk(next, method, segments, index + 1)
    if (fixed) return fixed
    const named = at.param && walk(at.param.node, method, segments, index + 1)
    if (named && at.param) return { ...named, params: { ...named.params, [at.param.name]: segment } }
    const rest = at.rest?.get(method)
    return rest && { route: rest, params: { rest: segments.slice(index).join('/') } }
  }
  return (method: string, segments: readonly string[]) => walk(root, method, segments, 0)
}
