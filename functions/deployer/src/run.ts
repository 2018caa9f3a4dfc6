import type { DeployerEvent } from '@hopline/workflow'
import { apply } from './apply.ts'
import { check } from './check.ts'
import { plan } from './plan.ts'
import { restore } from './restore.ts'
import type { Services } from './services.ts'
import { verify } from './verify.ts'

/** One step of deploy-model. */
export const run = async (event: DeployerEvent, services: Services) => {
  switch (event.step) {
    case 'plan':
      return plan(event.event, services)
    case 'apply':
      return apply(event.deployment, services)
    case 'check':
      return check(event.deployment, services.hosting)
    case 'verify':
      return verify(event.deployment, services)
    case 'restore':
      return restore(event.deployment, services.hosting)
  }
}
