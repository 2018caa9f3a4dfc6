import { fiveMinuteMemory } from './five-minute-memory.ts'

/** The messages of FIFO queues by their deduplication id: sending one again changes nothing. */
export const sentBefore = fiveMinuteMemory<{ readonly id: string; readonly sequence: string }>('sqs.deduplications')
