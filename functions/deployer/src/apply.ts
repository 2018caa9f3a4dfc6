import type { Deployment } from '@hopline/workflow'
import { parseModelPackageArn, servingTags } from '@hopline/workflow'
import { ArtefactChanged, UnusableModelPackage } from './errors.ts'
import { moveEndpoint } from './move-endpoint.ts'
import type { Services } from './services.ts'

/** Creates model and endpoint config for the package and sets the endpoint on its way to them, unless a newer one serves. */
export const apply = async (deployment: Deployment, services: Services): Promise<Deployment> => {
  const { hosting, objects } = services
  const { config, model, modelPackageArn, contract, pipeline } = deployment
  const { image, modelDataUrl, environment, properties } = await hosting.modelPackage(modelPackageArn)
  const registered = properties['sha256']
  if (registered === undefined) throw new UnusableModelPackage(`${modelPackageArn} has no SHA-256`)
  const sha256 = await objects.sha256(modelDataUrl)
  if (sha256 !== registered) {
    throw new ArtefactChanged(`${modelDataUrl} has SHA-256 ${sha256}, but ${registered} was registered`)
  }
  const parsed = parseModelPackageArn(modelPackageArn)
  await hosting.createModel({
    name: model,
    roleArn: services.sagemakerRoleArn,
    image,
    modelDataUrl,
    environment: { ...environment, HOPLINE_MODEL: `${parsed?.group}/${parsed?.version}` },
  })
  await hosting.createConfig({
    name: config,
    model,
    ...services.deployOf(pipeline),
    tags: { [servingTags.modelPackage]: modelPackageArn, [servingTags.contract]: contract },
  })
  return moveEndpoint(deployment, services)
}
