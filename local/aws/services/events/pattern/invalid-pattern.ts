/** What is wrong with an event pattern, in the words of AWS's open-source Event Ruler. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern'
}
