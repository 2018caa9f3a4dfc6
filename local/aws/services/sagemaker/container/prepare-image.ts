import { spawn } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { exists } from './exists.ts'
import type { Image } from './images.ts'
import { imageOf } from './images.ts'
import type { Interpreter } from './python.ts'
import { interpreter } from './python.ts'
import { withLock } from './lock.ts'

export class ImageNotInstalled extends Error {
  override readonly name = 'ImageNotInstalled'
}

export interface Preparation {
  /** The Python command to install for; default `python3`. */
  readonly python?: string | undefined
  /** Holds one folder an image; shared by platforms. */
  readonly dir: string
  /** How far pip is, a line at a time. */
  readonly onProgress?: (line: string) => void
}

export interface PreparedImage {
  readonly python: Interpreter
  /** What PYTHONPATH must name. */
  readonly packages: string
}

const run = async (
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
) => {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine)
  return new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
}

/** What of pip's words tells how far it is. */
const milestone = /^(?:Collecting|Installing|Successfully)/

const install = async (
  image: Image,
  { executable, minor }: Interpreter,
  folder: string,
  onProgress: (line: string) => void,
) => {
  const said: string[] = []
  const onLine = (line: string) => {
    said.push(line)
    if (milestone.test(line)) onProgress(line)
  }
  const unfinished = `${folder}.partial`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  const pip = ['-m', 'pip', 'install', '--target', unfinished, '--no-compile', '--no-deps', '--only-binary=:all:']
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar=off', '--root-user-action=ignore']
  const installed = await run(executable, [...pip, ...quiet, ...image.packages(minor)], process.env, onLine)
  // Importing proves the wheels and leaves byte code behind: containers start quickly from the first one on.
  const usable =
    installed === 0 &&
    (await run(
      executable,
      ['-c', `import ${image.modules.join(', ')}`],
      { ...process.env, PYTHONPATH: unfinished },
      onLine,
    ))
  if (usable !== 0) {
    throw new ImageNotInstalled(
      `pip could not install ${image.name} for Python 3.${minor}: ${said.slice(-5).join(' | ')}`,
    )
  }
  await rename(unfinished, folder)
}

/**
 * Makes an image's Python packages ready, once for all platforms that share `dir`; a second call finds them. Needs a
 * package index the first time (about 15 seconds). Throws {@link ImageNotInstalled} with pip's last words.
 */
export const prepareImage = async (
  uri: string,
  { python: command, dir, onProgress = () => {} }: Preparation,
): Promise<PreparedImage> => {
  const image = imageOf(uri)
  const python = await interpreter(command)
  const packages = join(dir, `${image.name}-cp3${python.minor}`)
  if (!(await exists(packages))) {
    await mkdir(dir, { recursive: true })
    await withLock(`${packages}.lock`, async () => {
      if (await exists(packages)) return
      onProgress(`Installing ${image.name} for Python 3.${python.minor}`)
      await install(image, python, packages, onProgress)
    })
  }
  return { python, packages }
}

/** PYTHONPATH of a container: its own code before the image's packages. */
export const pythonPath = (image: PreparedImage, ...folders: string[]) => [...folders, image.packages].join(delimiter)
