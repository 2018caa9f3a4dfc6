import { createWriteStream } from 'node:fs'

/** A file of JSON lines that grows in the background. */
export interface LogFile {
  write(line: Readonly<Record<string, unknown>>): void
  close(): Promise<void>
}

export const openLogFile = (path: string): LogFile => {
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 })
  return {
    write: (line) => void stream.write(`${JSON.stringify(line)}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  }
}
