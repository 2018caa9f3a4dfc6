/** A route with what its path's variables hold. */
export interface RouteMatch<R> {
  readonly route: R
  readonly pathParameters: Readonly<Record<string, string>>
}

const variable = /^\{([^}+]+)(\+?)\}$/

/** How exact a segment is: a word, a variable, the rest of the path. */
const weights = { word: '0', variable: '1', rest: '2', method: '0', any: '1' }

const matched = (key: string, method: string, segments: readonly string[]) => {
  const [wantedMethod = '', path = ''] = key.split(' ')
  if (wantedMethod !== 'ANY' && wantedMethod !== method) return undefined
  const wanted = path.split('/').slice(1)
  const pathParameters: Record<string, string> = {}
  let exactness = ''
  for (const [at, part] of wanted.entries()) {
    const [, name, greedy] = variable.exec(part) ?? []
    const segment = segments[at]
    if (segment === undefined) return undefined
    if (name !== undefined && greedy === '+') {
      pathParameters[name] = segments.slice(at).join('/')
      return { pathParameters, exactness: `${exactness}${weights.rest}` }
    }
    if (name !== undefined) {
      if (segment === '') return undefined
      pathParameters[name] = segment
      exactness += weights.variable
    } else if (part === segment) exactness += weights.word
    else return undefined
  }
  if (wanted.length !== segments.length) return undefined
  return { pathParameters, exactness: `${exactness}${wantedMethod === 'ANY' ? weights.any : weights.method}` }
}

/** The most exact route for a request: words before variables, a method before ANY, `$default` last. */
export const matchRoute = <R extends { readonly routeKey: string }>(
  routes: readonly R[],
  method: string,
  path: string,
): RouteMatch<R> | undefined => {
  const segments = path.split('/').slice(1).map(decodeURIComponent)
  const candidates = routes.flatMap((route) => {
    if (route.routeKey === '$default') return [{ route, pathParameters: {}, exactness: '9' }]
    const found = matched(route.routeKey, method, segments)
    return found ? [{ route, ...found }] : []
  })
  const [best] = candidates.toSorted((a, b) => (a.exactness < b.exactness ? -1 : 1))
  return best && { route: best.route, pathParameters: best.pathParameters }
}
