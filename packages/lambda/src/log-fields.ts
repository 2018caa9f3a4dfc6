const allowed = new Set([
  'runId',
  'pipeline',
  'group',
  'step',
  'key',
  'index',
  'chunk',
  'read',
  'accepted',
  'quarantined',
  'written',
  'superseded',
  'counts',
  'rows',
  'rounds',
  'watermark',
  'state',
  'found',
  'verdict',
  'approval',
  'action',
  'endpoint',
  'config',
  'contract',
  'modelPackageArn',
  'executionArn',
])
const opened = new Set(['object', 'chunk', 'plan', 'deployment', 'counts', 'rows', 'manifest', 'snapshot', 'runs'])

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields of an event or an answer that may be logged: identifiers, counts and states, never rows or secrets. */
export const logFields = (value: unknown): Record<string, unknown> => {
  if (!isRecord(value)) return {}
  const fields: Record<string, unknown> = {}
  for (const [key, content] of Object.entries(value)) {
    if (Array.isArray(content)) {
      if (opened.has(key)) fields[key] = content.map(logFields)
    } else if (isRecord(content)) {
      if (!opened.has(key)) continue
      const inner = key === 'rows' ? numbersOf(content) : logFields(content)
      if (Object.keys(inner).length > 0) fields[key] = inner
    } else if (allowed.has(key)) fields[key] = content
  }
  return fields
}

const numbersOf = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => typeof value === 'number'))
