import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import type { Preparation, PreparedImage } from './prepare-image.ts'
import { pythonPath } from './prepare-image.ts'

/**
 * Which Python runs containers, and where images lie: HOPLINE_PYTHON_DIR, else beside the state, so that a fresh state
 * does not install them again.
 */
export const imageSettings = ({ python, stateDir }: Platform, onProgress: (line: string) => void): Preparation => ({
  python,
  dir: process.env['HOPLINE_PYTHON_DIR'] || join(stateDir, '..', 'python'),
  onProgress,
})

/** The scripts that are a container's entry points. */
export const scripts = import.meta.dirname

/**
 * What a container finds in its environment before its own variables: the image's Python, the role's credentials and
 * this platform as AWS. Nothing of this process's environment gets in but what programs need to run.
 */
export const containerEnvironment = (
  platform: Platform,
  image: PreparedImage,
  { base, roleArn, session }: { base: string; roleArn: string; session: string },
): Record<string, string> => {
  const { accessKeyId, secretAccessKey, sessionToken } = platform.credentialsFor(roleArn, session)
  return {
    PATH: `${join(image.python.executable, '..')}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    HOME: base,
    LANG: 'C.UTF-8',
    TMPDIR: process.env['TMPDIR'] ?? '/tmp',
    PYTHONPATH: pythonPath(image, scripts),
    PYTHONUNBUFFERED: '1',
    PYTHONNOUSERSITE: '1',
    OMP_NUM_THREADS: '1', // shared cores: with a thread a core, parallel fits slow each other down by far more
    SAGEMAKER_BASE_DIR: base,
    AWS_REGION: platform.region,
    AWS_DEFAULT_REGION: platform.region,
    AWS_ENDPOINT_URL: platform.url,
    S3_ENDPOINT_URL: platform.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  }
}
