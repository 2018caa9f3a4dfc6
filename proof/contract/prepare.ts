import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Thrown when the machine lacks what a proof needs. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool'
}

/** Python packages in a folder of their own, put there once. Throws {@link MissingTool}. */
const installed = async (cache: string, name: string, packages: readonly string[]): Promise<string> => {
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  const { error } = spawnSync('python3', ['-m', 'pip', '--version'])
  if (error) throw new MissingTool(`${name} needs Python ≥ 3.10 with pip; there is none`)
  const making = `${folder}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(cache, { recursive: true })
  const install = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '--target', making]
  execFileSync('python3', [...install, ...packages], { stdio: ['ignore', 2, 2] })
  await rename(making, folder)
  return folder
}

const javaVersion = () => {
  const home = process.env['JAVA_HOME']
  const { stderr, error } = spawnSync(home === undefined ? 'java' : join(home, 'bin/java'), ['-version'], {
    encoding: 'utf8',
  })
  return error ? undefined : Number(/version "(\d+)/.exec(stderr)?.[1])
}

/** Where pyspark 3.5 lies. Throws {@link MissingTool}. */
export const prepareSpark = (cache: string): Promise<string> => {
  const java = javaVersion()
  if (java === undefined) throw new MissingTool('Spark needs Java 17 (a `java` in PATH, or JAVA_HOME); there is none')
  if (!(java >= 8 && java <= 17)) throw new MissingTool(`Spark 3.5 runs on Java 8, 11 and 17; this is Java ${java}`)
  return installed(cache, 'pyspark-3.5.6', ['pyspark==3.5.6'])
}

/** Where pandas, Polars and DuckDB lie. Throws {@link MissingTool}. */
export const prepareRivals = (cache: string): Promise<string> =>
  installed(cache, 'rivals', ['pandas>=2.2,<3', 'pyarrow>=17', 'polars>=1.30,<2', 'duckdb>=1.3,<2'])

/** Where the AWS CLI lies, its command in `bin`. Throws {@link MissingTool}. */
export const prepareAwsCli = (cache: string): Promise<string> => installed(cache, 'awscli', ['awscli>=1.44,<2'])

/** Where scikit-learn and what it reads Parquet with lie. Throws {@link MissingTool}. */
export const prepareSklearn = (cache: string): Promise<string> =>
  installed(cache, 'sklearn', ['scikit-learn>=1.4,<1.8', 'pandas>=2.2,<3', 'pyarrow>=17'])
