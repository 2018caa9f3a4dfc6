import { setTimeout as sleep } from 'node:timers/promises'

/** For tests: asks until the answer is the wanted one; fails after 15 seconds with the last answer. */
export const until = async <T>(ask: () => T | Promise<T>, wanted: (answer: T) => boolean): Promise<T> => {
  const deadline = Date.now() + 15_000
  for (;;) {
    const answer = await ask()
    if (wanted(answer)) return answer
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`)
    await sleep(10)
  }
}
