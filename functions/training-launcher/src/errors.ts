import { HoplineError } from '@hopline/lambda'

/** Nothing has been accepted into the pipeline's log yet, so there is nothing to train on. */
export class NoAcceptedRows extends HoplineError {
  override readonly name = 'NoAcceptedRows'
}

/** A group's rows are being brought into the offline store by an execution that may have begun before the newest came. */
export class MaterialisationRunning extends HoplineError {
  override readonly name = 'MaterialisationRunning'
}

/** The snapshot that Hopsworks wrote is not what the contract asks for. */
export class UnusableSnapshot extends HoplineError {
  override readonly name = 'UnusableSnapshot'
}
