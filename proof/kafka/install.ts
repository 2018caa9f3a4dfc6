import { execFile } from 'node:child_process'
import { access, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = import.meta.dirname
const home = join(here, '../../.hopline/kafka')

export const defaultVersion = '3.9.1'

/** The classes of a broker, from Maven Central: kept once they are there. */
export const brokerClasses = (version = defaultVersion) =>
  kept(`broker-${version}`, async (folder) => {
    await needed('java', ['-version'], 'a Java runtime, 17 or newer')
    await needed('mvn', ['-version'], 'Maven')
    await run('mvn', [
      '--batch-mode',
      '--quiet',
      `--file=${join(here, 'pom.xml')}`,
      `-Dkafka.version=${version}`,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${folder}`,
    ])
  })

/** Where Python finds the official client and the other Avro library, from PyPI. */
export const pythonPackages = () =>
  kept('python-2.16.1-1.13.1', async (folder) => {
    await needed('python3', ['-m', 'pip', '--version'], 'Python with pip')
    const packages = ['confluent-kafka==2.16.1', 'fastavro==1.13.1']
    await run('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, ...packages])
  })

/** A folder is made under another name first, so that one that was interrupted is not taken for whole. */
async function kept(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(home, name)
  const there = await access(folder).then(
    () => true,
    () => false,
  )
  if (there) return folder
  const partial = `${folder}.partial`
  await rm(partial, { recursive: true, force: true })
  await make(partial)
  await rename(partial, folder)
  return folder
}

async function needed(program: string, args: string[], what: string): Promise<void> {
  await run(program, args).catch((error: Error) => {
    throw new Error(`${what} is needed on this machine: ${program} says ${error.message}`)
  })
}
