import { HoplineError } from '@hopline/lambda'

/** An object that no pipeline reads, or one in another bucket: the event rule lets through more than the sources name. */
export class NoSuchSource extends HoplineError {
  override readonly name = 'NoSuchSource'
}
