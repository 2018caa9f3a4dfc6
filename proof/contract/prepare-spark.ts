import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const version = '3.5.6'

/** Thrown when the machine lacks what Spark needs. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool'
}

const javaVersion = () => {
  const { stderr, error } = spawnSync(
    process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java',
    ['-version'],
    {
      encoding: 'utf8',
    },
  )
  return error ? undefined : Number(/version "(\d+)/.exec(stderr)?.[1])
}

/** Puts pyspark into a folder, once, and says where. Throws {@link MissingTool}. */
export const prepareSpark = async (cache: string): Promise<string> => {
  const java = javaVersion()
  if (java === undefined) throw new MissingTool('Spark needs Java 17 (a `java` in PATH, or JAVA_HOME); there is none')
  if (!(java >= 8 && java <= 17))
    throw new MissingTool(`Spark ${version} runs on Java 8, 11 and 17, this is Java ${java}`)
  const folder = join(cache, `pyspark-${version}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(dirname(making), { recursive: true })
  const install = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '--target', making]
  execFileSync('python3', [...install, `pyspark==${version}`], { stdio: ['ignore', 2, 2] })
  await rename(making, folder)
  return folder
}
