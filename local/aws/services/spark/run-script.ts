import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, delimiter, join } from 'node:path'
import { Readable } from 'node:stream'
import { AwsError } from '../../core/errors.ts'
import { openLogStream } from '../../core/log-stream.ts'
import { RawReply } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { roleSession } from '../../core/signing/account-keys.ts'
import { startProcess } from '../sagemaker/container/process.ts'
import { sparkDefaults } from './configuration.ts'
import { findSpark } from './installation.ts'

/** A PySpark script that is to run. */
export interface SparkScript {
  /** A name that no other run has. */
  readonly id: string
  /** `s3://bucket/key` of the script, and of Python files that it imports. */
  readonly script: string
  readonly pythonFiles: readonly string[]
  readonly args: readonly string[]
  readonly settings: Readonly<Record<string, string>>
  /** Folders with Python modules that the service provides. */
  readonly modules: readonly string[]
  readonly roleArn: string
  readonly logs: { readonly group: string; readonly stream: string }
}

/** How a script ended: the words of its failure, or nothing. */
export type SparkEnd = { readonly failure?: string }

const graceMs = 10_000
/** Java's own error is on the line after this one. */
const ofJava = 'py4j.protocol.Py4JJavaError: '
const exception = /^(?:[\w.]+\.)?\w*(?:Error|Exception|Exit)\b.*/

const bytesOf = async (platform: Platform, uri: string, roleArn: string): Promise<Uint8Array> => {
  const [, Bucket, Key] = /^s3[an]?:\/\/([^/]+)\/(.+)$/.exec(uri) ?? []
  if (Bucket === undefined || Key === undefined) throw new AwsError('ValidationException', `${uri} is no S3 object`)
  const reply = await platform.call('s3', 'GetObject', { Bucket, Key }, roleSession(roleArn, 'spark'))
  if (!(reply instanceof RawReply)) throw new TypeError('GetObject gave no body')
  const { body } = reply
  return Buffer.concat(await (body instanceof Readable ? body : Readable.from([Buffer.from(body)])).toArray())
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Runs a script with the chosen Python's pyspark, as the role, until it ends or the signal; never rejects. */
export const runScript = async (platform: Platform, job: SparkScript, signal: AbortSignal): Promise<SparkEnd> => {
  const folder = join(platform.stateDir, 'spark', job.id)
  const log = openLogStream(platform, { ...job.logs, principal: roleSession(job.roleArn, 'spark') })
  let last = ''
  try {
    const spark = await findSpark(platform)
    await mkdir(join(folder, 'conf'), { recursive: true })
    const fetched = await Promise.all(
      [job.script, ...job.pythonFiles].map(async (uri) => {
        const file = join(folder, basename(uri))
        await writeFile(file, await bytesOf(platform, uri, job.roleArn))
        return file
      }),
    )
    const [script = '', ...pythonFiles] = fetched
    const defaults = sparkDefaults(platform, spark, { folder, settings: job.settings })
    await writeFile(join(folder, 'conf', 'spark-defaults.conf'), defaults)
    const { accessKeyId, secretAccessKey, sessionToken } = platform.credentialsFor(job.roleArn, 'spark')
    signal.throwIfAborted()
    const running = startProcess({
      program: spark.executable,
      args: [script, ...job.args],
      cwd: folder,
      env: {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        ...(process.env['JAVA_HOME'] !== undefined && { JAVA_HOME: process.env['JAVA_HOME'] }),
        HOME: folder,
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        PYTHONUNBUFFERED: '1',
        PYTHONPATH: [...pythonFiles, ...job.modules, spark.pythonPath].join(delimiter),
        PYSPARK_PYTHON: spark.executable,
        SPARK_CONF_DIR: join(folder, 'conf'),
        AWS_REGION: platform.region,
        AWS_DEFAULT_REGION: platform.region,
        AWS_ENDPOINT_URL: platform.url,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      },
      onLine: (line) => {
        if (exception.test(line)) last = line
        else if (last.startsWith(ofJava) && line.startsWith(': ')) last = last.slice(ofJava.length) + line.slice(1)
        log.write(line)
      },
    })
    const stop = () => void running.stop(graceMs)
    signal.addEventListener('abort', stop, { once: true })
    const code = await running.exited
    signal.removeEventListener('abort', stop)
    return code === 0 ? {} : { failure: last || `The script ended with exit code ${code}.` }
  } catch (error) {
    log.write(reasonOf(error))
    return { failure: reasonOf(error) }
  } finally {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  }
}
