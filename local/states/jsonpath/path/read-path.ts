import { kinds } from '../../json.ts'
import type { Json } from '../../json.ts'
import { functions } from './functions.ts'
import { matchesFilter } from './matches-filter.ts'
import { isDefinite } from './path.ts'
import type { Path, Segment } from './path.ts'

/** A path that leads nowhere; the message is the one that AWS's own reader has. */
export class NoResult extends Error {
  override readonly name = 'NoResult'
}

/** What a path may begin with: `$`, `$$`, `$name`. */
export type Roots = (root: string) => Json | undefined

const written = (segments: readonly Segment[]) =>
  segments
    .map((segment) => {
      if (segment.kind === 'name') return `['${segment.name}']`
      return segment.kind === 'index' ? `[${segment.index}]` : ''
    })
    .join('')

const some = (values: readonly (Json | undefined)[]) => values.filter((value) => value !== undefined)

/** Where one step leads from one place; a name or an index leads to one place at most. */
const next = (place: Json, segment: Segment, read: (path: Path, item: Json) => Json | undefined): Json[] => {
  const list = kinds.array.is(place) ? place : []
  const members = kinds.object.is(place) ? place : {}
  switch (segment.kind) {
    case 'name':
      return Object.hasOwn(members, segment.name) ? some([members[segment.name]]) : []
    case 'names':
      return [Object.fromEntries(Object.entries(members).filter(([name]) => segment.names.includes(name)))]
    case 'index':
      return some([list.at(segment.index)])
    case 'indices':
      return some(segment.indices.map((index) => list.at(index)))
    case 'slice':
      return list.slice(segment.from, segment.to).filter((_, index) => index % segment.step === 0)
    case 'every':
      return kinds.array.is(place) ? [...place] : Object.values(members)
    case 'descend':
      return [place, ...[...list, ...Object.values(members)].flatMap((inner) => next(inner, { kind: 'descend' }, read))]
    case 'filter':
      return (kinds.array.is(place) ? list : [place]).filter((item) =>
        matchesFilter(segment.filter, (path) => read(path, item)),
      )
    case 'function':
      return some([functions[segment.name]?.(place)])
  }
}

/**
 * What a path leads to: the value of a definite path, the list of all values of any other.
 * Throws NoResult when a definite path leads nowhere; a list may be empty.
 */
export const readPath = (path: Path, roots: Roots): Json => {
  const start = roots(path.root)
  if (start === undefined) throw new NoResult(`No results for path: ${path.root}`)
  const inFilter = (inner: Path, item: Json) => readIfPresent(inner, (root) => (root === '@' ? item : roots(root)))
  const last = path.segments.at(-1)
  const aggregate = last?.kind === 'function' ? last : undefined
  const steps = aggregate ? path.segments.slice(0, -1) : path.segments
  const definite = isDefinite({ ...path, segments: steps })

  let places: Json[] = [start]
  for (const [index, segment] of steps.entries()) {
    places = places.flatMap((place) => next(place, segment, inFilter))
    if (!definite || places.length > 0) continue
    const here = written(path.segments.slice(0, index + 1))
    throw new NoResult(
      index === steps.length - 1 ? `No results for path: $${here}` : `Missing property in path $${here}`,
    )
  }
  const [single = null] = places
  const value = definite ? single : places
  if (!aggregate) return value
  const [computed] = next(value, aggregate, inFilter)
  if (computed === undefined) throw new NoResult(`The function ${aggregate.name}() cannot be applied to its input`)
  return computed
}

/** As `readPath`, but undefined where a definite path leads nowhere. */
export const readIfPresent = (path: Path, roots: Roots): Json | undefined => {
  try {
    return readPath(path, roots)
  } catch (error) {
    if (error instanceof NoResult) return undefined
    throw error
  }
}
