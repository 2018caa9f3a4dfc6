import type { RawObject } from '@hopline/workflow'

const sequencerDigits = 40

/**
 * Which of two rows with the same key counts: that of the object that was written later, and within an object the later
 * row. Text that sorts by the object's time, then its sequencer (right-padded, as S3 compares them), then its version.
 */
export const orderOf = ({ time, sequencer, versionId, key }: RawObject) => {
  const at = new Date(time).toISOString()
  return [at, sequencer.toUpperCase().padEnd(sequencerDigits, '0'), versionId, key].join('|')
}
