/** For tests: what the control API of a platform does. Throws when it refuses. */
export const controlOf = (url: string) => {
  const ask = async (resource: 'faults' | 'kills' | 'clock', method: 'GET' | 'POST' | 'DELETE', body?: object) => {
    const answer = await fetch(`${url}/_hopline/${resource}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  return {
    fault: (rule: object) => ask('faults', 'POST', rule),
    faults: () => ask('faults', 'GET'),
    noFaults: () => ask('faults', 'DELETE'),
    kill: (order: object) => ask('kills', 'POST', order),
    kills: () => ask('kills', 'GET'),
    advance: (ms: number) => ask('clock', 'POST', { advanceMs: ms }),
  }
}
