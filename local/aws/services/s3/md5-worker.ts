import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { Md5Order } from './md5.ts'

const running = new Map<number, Hash>()

parentPort?.on('message', ({ id, shared, length, step }: Md5Order) => {
  const hash = running.get(id) ?? createHash('md5')
  if (step === 'more') running.set(id, hash)
  else running.delete(id)
  hash.update(new Uint8Array(shared, 0, length))
  parentPort?.postMessage({ id, digest: step === 'last' ? hash.digest('hex') : '' }, [])
})
