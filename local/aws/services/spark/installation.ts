import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Platform } from '../../core/platform.ts'

const execute = promisify(execFile)

/** The Spark that runs jobs: the chosen Python, and where pyspark lies. */
export interface Spark {
  readonly executable: string
  readonly pythonPath: string
  /** Of the Hadoop that pyspark brings: its S3 client must be of the same version. */
  readonly hadoop: string
  /** Where its other jars are kept. */
  readonly jars: string
}

/** Nothing here can run Spark; the message says what to do about it. */
export class SparkMissing extends Error {
  override readonly name = 'SparkMissing'
}

const probe = `
import glob, os, pyspark, sys
jars = os.path.join(os.path.dirname(pyspark.__file__), 'jars')
print(sys.executable)
print(*[os.path.basename(jar)[len('hadoop-client-api-'):-len('.jar')] for jar in glob.glob(os.path.join(jars, 'hadoop-client-api-*.jar'))])
`

/** Looks for pyspark in the chosen Python and in `<python folder>/spark`, and for Java. Throws SparkMissing. */
export const findSpark = async ({ python, stateDir }: Platform): Promise<Spark> => {
  const folder = process.env['HOPLINE_PYTHON_DIR'] || join(stateDir, '..', 'python')
  const pythonPath = join(folder, 'spark')
  const found = await execute(python, ['-c', probe], { env: { ...process.env, PYTHONPATH: pythonPath } }).catch(() => {
    throw new SparkMissing(
      `pyspark is not installed for ${python}. Install it: ${python} -m pip install --target ${pythonPath} pyspark==3.5.6`,
    )
  })
  const [executable = python, hadoop = ''] = found.stdout.trim().split('\n')
  await execute('java', ['-version']).catch(() => {
    throw new SparkMissing(
      'Spark needs Java 17, and there is no java on the PATH. Install a JDK, such as openjdk-17-jre-headless.',
    )
  })
  return { executable, pythonPath, hadoop, jars: join(folder, 'spark-jars') }
}
