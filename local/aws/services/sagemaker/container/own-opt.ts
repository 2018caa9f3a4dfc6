import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** How a container's process finds its own files. */
export interface ContainerRoot {
  /** Where it sees what lies in `<folder>/opt/ml`. */
  readonly base: string
  /** What to run instead of a program, so that it sees that. */
  readonly command: (program: string, args: readonly string[]) => { program: string; args: readonly string[] }
}

/** Everything in /opt but `ml` stays where it is; then the container's folder takes /opt's place. */
const script = `set -e
opt=$1
shift
for entry in /opt/*; do
  name=\${entry#/opt/}
  if [ "$name" = ml ] || [ ! -e "$entry" ]; then continue; fi
  if [ -d "$entry" ]; then mkdir -p "$opt/$name"; else : > "$opt/$name"; fi
  mount --rbind "$entry" "$opt/$name"
done
mount --rbind "$opt" /opt
exec "$@"`

const asRoot = ['--mount', '--propagation', 'private']
const asUser = ['--user', '--map-root-user', ...asRoot]
const wrapped = (flags: readonly string[], folder: string, command: readonly string[]) => [
  ...flags,
  'sh',
  '-c',
  script,
  'sh',
  join(folder, 'opt'),
  ...command,
]

const works = async (flags: readonly string[]) => {
  const folder = await mkdtemp(join(tmpdir(), 'hopline-opt-'))
  try {
    await promisify(execFile)('sh', ['-c', 'mkdir -p "$0/opt/ml"', folder])
    await promisify(execFile)('unshare', wrapped(flags, folder, ['test', '-d', '/opt/ml']))
    return true
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

let found: Promise<readonly string[] | undefined> | undefined
const namespace = () =>
  (found ??= (async () => {
    for (const flags of [asRoot, asUser]) if (await works(flags)) return flags
    return undefined
  })())

/**
 * Gives a container's process the /opt/ml of a real one, in a mount namespace, and no network if it is `isolated`.
 * Where the system has no namespaces for us (macOS, a closed Linux) it finds its files by SAGEMAKER_BASE_DIR and SM_*.
 */
export const containerRoot = async (folder: string, { isolated = false } = {}): Promise<ContainerRoot> => {
  const flags = await namespace()
  if (flags === undefined) return { base: join(folder, 'opt/ml'), command: (program, args) => ({ program, args }) }
  const all = isolated ? [...flags, '--net'] : flags
  return {
    base: '/opt/ml',
    command: (program, args) => ({ program: 'unshare', args: wrapped(all, folder, [program, ...args]) }),
  }
}
