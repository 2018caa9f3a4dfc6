import { preferredLeaders } from '../stage.ts'
import type { Stage } from '../stage.ts'
import { acknowledged } from '../topic.ts'
import { writeInStorm } from '../write-in-storm.ts'

export const movedLeader = {
  about: 'leaders move from one broker to the other and back: every row is there once, in order',
  run: (stage: Stage) =>
    writeInStorm(stage, 'moved_leader', async (ledger) => {
      const [, broker] = stage.brokers
      const more = (messages: number) => ledger.reached(acknowledged(ledger.entry) + messages)
      await more(4_000)
      await broker.stop('SIGTERM') // hands its partitions over first
      await more(4_000)
      await broker.start()
      await stage.peer.ledBy(stage.access, 'moved_leader', preferredLeaders)
      await more(4_000)
    }),
}
