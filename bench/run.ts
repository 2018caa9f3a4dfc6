/** `npm run bench` measures bundles, `npm run bench -- NAME` another; what follows are options of that bench. */
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  load: () => import('./load.ts'),
  states: () => import('./states.ts'),
  'local-aws': () => import('./local-aws/run.ts'),
  contract: () => import('./contract/run.ts'),
  vectors: () => import('./vectors.ts'),
  ingest: () => import('./ingest.ts'),
  online: () => import('./online.ts'),
}
const [first = ''] = process.argv.slice(2)
const name = first === '' || first.startsWith('-') ? 'load' : first
const bench = benches[name]
if (!bench) throw new Error(`there is no bench ${name}, only ${Object.keys(benches).join(', ')}`)
if (name === first) process.argv.splice(2, 1)
await bench()
