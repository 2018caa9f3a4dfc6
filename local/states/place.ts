import type { Json } from './json.ts'

/** Where one thread of states stood when its execution ended without success. */
export interface Place {
  /** The state that was entered and not left, and what with. */
  readonly state: string
  readonly input: Json
  /** Of its `…StateEntered` event. */
  readonly enteredId: number
  /** Of the thread's last event. */
  readonly lastId: number
  /** What the thread had assigned. */
  readonly variables: Readonly<Record<string, Json>>
  /** The branches of a Parallel, the iterations of a Map, by index; those that had not begun are missing. */
  readonly inner: ReadonlyMap<number, Place | Done>
  /** The Map Run of a distributed Map. */
  readonly mapRunArn: string | undefined
}

/** A thread that was at its end. */
export interface Done {
  readonly output: Json
}
