import { join } from 'node:path'
import { scripts } from './environment.ts'
import type { ContainerRoot } from './own-opt.ts'
import type { PreparedImage } from './prepare-image.ts'

/** Runs the words of an entry point in a container; without a namespace, its own paths become those of this machine. */
export const ownCommand = (root: ContainerRoot, image: PreparedImage, words: readonly string[]) =>
  root.command(image.python.executable, [
    join(scripts, 'command.py'),
    ...words.map((word) => word.replace(/^\/opt\/ml(?=\/)/, root.base)),
  ])
