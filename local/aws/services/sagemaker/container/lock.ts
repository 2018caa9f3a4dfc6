import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { errorCode } from './error-code.ts'

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM' // somebody else's
  }
}

/** True when `path` is now ours. The file appears with its owner in it, never empty. */
const take = async (path: string) => {
  const mine = `${path}.${process.pid}`
  await writeFile(mine, String(process.pid))
  try {
    await link(mine, path)
    return true
  } catch {
    return false
  } finally {
    await rm(mine, { force: true })
  }
}

/** Runs `work` while no other process on this machine holds the lock file; one left by a dead process is removed. */
export const withLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  while (!(await take(path))) {
    const owner = Number(await readFile(path, 'utf8').catch(() => '0'))
    if (owner > 0 && !alive(owner)) await rm(path, { force: true })
    else await setTimeout(200)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}
