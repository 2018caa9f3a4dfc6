import { HoplineError } from '@hopline/lambda'

/** The object cannot be read as what its name says: a truncated Parquet file, text named .parquet, CSV that is not UTF-8. */
export class UnreadableObject extends HoplineError {
  override readonly name = 'UnreadableObject'
}

/** The object holds no row. */
export class EmptyObject extends HoplineError {
  override readonly name = 'EmptyObject'
}

/** The object's columns are not those of the group; names the missing, unexpected and repeated ones. */
export class WrongColumns extends HoplineError {
  override readonly name = 'WrongColumns'
}

/** The object version has been deleted or replaced since the event. */
export class ObjectGone extends HoplineError {
  override readonly name = 'ObjectGone'
}

/** The connection ended in the middle of an object, three times. Trying again may help. */
export class ObjectReadInterrupted extends HoplineError {
  override readonly name = 'ObjectReadInterrupted'
}

/** The event names a pipeline or a group that this deployment does not have. */
export class UnknownGroup extends HoplineError {
  override readonly name = 'UnknownGroup'
}

/** A window group that a live model reads is declared otherwise under the same name. It needs another name, or another model first. */
export class LiveGroupChanged extends HoplineError {
  override readonly name = 'LiveGroupChanged'
}

/** Other runs append faster than this one can take them into account. Trying again helps. */
export class LogKeepsGrowing extends HoplineError {
  override readonly name = 'LogKeepsGrowing'
}

/** Failures that say something about the object and not about the moment: the machine does not try again. */
export const isObjectFailure = (error: unknown): error is UnreadableObject | EmptyObject | WrongColumns =>
  error instanceof UnreadableObject || error instanceof EmptyObject || error instanceof WrongColumns
