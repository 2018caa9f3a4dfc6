import { HoplineError } from '@hopline/lambda'

/** The model package lacks what a deployment needs: an artefact, its hash, its contract, a golden request. */
export class UnusableModelPackage extends HoplineError {
  override readonly name = 'UnusableModelPackage'
}

/** The artefact is not the one that was registered; a pickle that changed is never loaded. */
export class ArtefactChanged extends HoplineError {
  override readonly name = 'ArtefactChanged'
}

/** The contract would give a name of the contract in use another meaning, or refuse its callers. Says where, in words. */
export class ContractClash extends HoplineError {
  override readonly name = 'ContractClash'
}

/** Another update of the endpoint runs; the machine tries again. */
export class EndpointBusy extends HoplineError {
  override readonly name = 'EndpointBusy'
}

/** The new endpoint answers, but not what the model answered when it was judged. */
export class GoldenRequestFailed extends HoplineError {
  override readonly name = 'GoldenRequestFailed'
}
