/** How an invocation went, for the line that Lambda writes after each. */
export interface Report {
  readonly requestId: string
  readonly durationMs: number
  /** How long the function took to load; only with the first invocation of a sandbox. */
  readonly initMs?: number
  readonly memorySizeMb: number
  readonly maxMemoryMb: number
  readonly status?: 'timeout' | 'error'
  readonly errorType?: string
}

/** Ends in a tab, as on AWS; programs take the fields apart by their tabs. */
export const reportLine = (report: Report): string =>
  [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs)} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    `Max Memory Used: ${report.maxMemoryMb} MB`,
    ...(report.initMs === undefined ? [] : [`Init Duration: ${report.initMs.toFixed(2)} ms`]),
    ...(report.status ? [`Status: ${report.status}`] : []),
    ...(report.errorType === undefined ? [] : [`Error Type: ${report.errorType}`]),
    '',
  ].join('\t')
