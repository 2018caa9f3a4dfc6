import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildOptions } from 'esbuild'
import { build } from 'esbuild'
import { zipSync } from 'fflate'
import { trainingCode } from './training-code.ts'

/** The part of serverless' own objects that is used here. */
interface Serverless {
  readonly serviceDir: string
  readonly processedInput: { readonly options: { readonly function: string } }
  readonly service: {
    readonly custom?: { readonly trainingCode?: readonly string[] }
    getAllFunctions(): string[]
    getFunction(name: string): { handler: string; package?: object }
  }
}

/** Zip entries need a date; the oldest that the format knows keeps the bytes equal from build to build. */
const mtime = new Date('1980-01-01T00:00:00')

/** How every function becomes one CommonJS file, the SDK included. */
export const bundling = (root: string, handler: string): BuildOptions & { write: false; metafile: true } => ({
  entryPoints: { index: join(root, handler.replace(/\.[^./]+$/, '.ts')) },
  outdir: 'out',
  absWorkingDir: root,
  write: false,
  metafile: true,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
})

/** Makes each function's zip: one bundle, its source map, and the training scripts where they are asked for. */
export class Bundle {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>
  readonly #serverless: Serverless

  constructor(serverless: Serverless) {
    this.#serverless = serverless
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => this.#bundle(serverless.service.getAllFunctions()),
      'before:deploy:function:packageFunction': () => this.#bundle([serverless.processedInput.options.function]),
    }
  }

  async #bundle(functions: readonly string[]): Promise<void> {
    const { service, serviceDir } = this.#serverless
    const out = join(serviceDir, '.serverless')
    await mkdir(out, { recursive: true })
    await Promise.all(
      functions.map(async (name) => {
        const fn = service.getFunction(name)
        const { outputFiles, metafile } = await build(bundling(serviceDir, fn.handler))
        const files: Record<string, Uint8Array> = Object.fromEntries(
          outputFiles.map((file) => [file.path.split('/').at(-1), file.contents]),
        )
        if (service.custom?.trainingCode?.includes(name))
          Object.assign(files, await trainingCode(join(serviceDir, 'pipelines')))
        const artifact = join(out, `${name}.zip`)
        await writeFile(artifact, zipSync(files, { mtime, level: 9 }))
        await writeFile(join(out, `${name}.meta.json`), JSON.stringify(metafile))
        fn.handler = `index.${fn.handler.split('.').at(-1)}`
        fn.package = { ...fn.package, artifact }
      }),
    )
  }
}
