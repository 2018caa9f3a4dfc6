import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Runs Python to its end; rejects when it fails. */
export const python = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> => {
  const child = spawn('python3', args, { env, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`python3 ${args[0]} ${args[1] ?? ''} ended with ${code}`)
}

/** Installs packages of exactly these versions into a folder for PYTHONPATH, unless they are there. */
export const pythonPackages = async (folder: string, versions: Readonly<Record<string, string>>): Promise<void> => {
  const distribution = ([name, version]: readonly [string, string]) =>
    join(folder, `${name.replaceAll('-', '_')}-${version}.dist-info`)
  if (Object.entries(versions).every((entry) => existsSync(distribution(entry)))) return
  process.stdout.write(`  pip install ${Object.keys(versions).join(' ')}\n`)
  const wanted = Object.entries(versions).map(([name, version]) => `${name}==${version}`)
  const quietly = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore']
  await rm(folder, { recursive: true, force: true })
  await python([...quietly, '--target', folder, ...wanted], process.env)
}
