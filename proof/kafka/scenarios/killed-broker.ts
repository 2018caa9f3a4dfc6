import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from '../stage.ts'
import { writeInStorm } from '../write-in-storm.ts'

export const killedBroker = {
  about: 'a broker is killed in mid-batch and comes back: every row is there once, in order',
  run: (stage: Stage) =>
    writeInStorm(stage, 'killed_broker', async (ledger) => {
      const [broker] = stage.brokers
      await ledger.reached(4_000)
      await broker.stop('SIGKILL')
      await sleep(1_500)
      await broker.start()
    }),
}
