const signalTexts: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
}

/** How Lambda words the end of a runtime's process. */
export const exitText = (code: number | null, signal: string | null): string => {
  if (signal !== null) return `Runtime exited with error: signal: ${signalTexts[signal] ?? signal}`
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`
}
