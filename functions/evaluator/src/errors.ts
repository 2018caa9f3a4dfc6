import { HoplineError } from '@hopline/lambda'

/** A batch transform left something else than one probability for each test row. */
export class UnusablePredictions extends HoplineError {
  override readonly name = 'UnusablePredictions'
}

/** A training job completed without a model, or with one that cannot be read. */
export class UnusableModel extends HoplineError {
  override readonly name = 'UnusableModel'
}
