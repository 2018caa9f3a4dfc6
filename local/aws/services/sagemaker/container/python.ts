import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The Python that stands in for a container's own. */
export interface Interpreter {
  /** The program itself: no shim, no launcher. */
  readonly executable: string
  /** 12 of Python 3.12. */
  readonly minor: number
}

export class UnusablePython extends Error {
  override readonly name = 'UnusablePython'
}

const probe = 'import sys; print(sys.executable); print(*sys.version_info[:2])'
const found = new Map<string, Promise<Interpreter>>()

const ask = async (command: string): Promise<Interpreter> => {
  const { stdout } = await promisify(execFile)(command, ['-c', probe]).catch((cause: unknown) => {
    throw new UnusablePython(`${command} does not run`, { cause })
  })
  const [executable, version] = stdout.trim().split('\n')
  const [major, minor] = (version ?? '').split(' ').map(Number)
  if (!executable || major !== 3 || minor === undefined || minor < 9) {
    throw new UnusablePython(`${command} is Python ${version}, but 3.9 or later is needed`)
  }
  return { executable, minor }
}

/** Asks `command` once for its program and version. Throws {@link UnusablePython}. */
export const interpreter = (command = 'python3'): Promise<Interpreter> => {
  let answer = found.get(command)
  if (answer === undefined) {
    answer = ask(command)
    found.set(command, answer)
    answer.catch(() => found.delete(command)) // asked again once it is installed
  }
  return answer
}
