type Level = 'debug' | 'info' | 'warn' | 'error'

/** One JSON object a line on stderr: `time`, `level`, `event` and what belongs to it. */
export const log = (level: Level, event: string, fields: Record<string, unknown> = {}): void => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`)
}
