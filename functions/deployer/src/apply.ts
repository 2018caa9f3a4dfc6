import type { Deployment } from '@hopline/workflow'
import { parseModelPackageArn, servingTags } from '@hopline/workflow'
import { ArtefactChanged, UnusableModelPackage } from './errors.ts'
import type { Services } from './services.ts'

/** Creates model and endpoint config for the package and sets the endpoint on its way to them. */
export const apply = async (
  deployment: Deployment,
  { hosting, objects, ...services }: Services,
): Promise<Deployment> => {
  const { endpoint, config, model, modelPackageArn, contract, pipeline } = deployment
  const { image, modelDataUrl, environment, properties } = await hosting.modelPackage(modelPackageArn)
  const registered = properties['sha256']
  if (registered === undefined) throw new UnusableModelPackage(`${modelPackageArn} has no SHA-256`)
  const found = await objects.sha256(modelDataUrl)
  if (found !== registered) {
    throw new ArtefactChanged(`${modelDataUrl} has SHA-256 ${found}, but ${registered} was registered`)
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
  const live = await hosting.endpoint(endpoint)
  if (live?.status === 'Failed') await hosting.deleteEndpoint(endpoint) // nothing else is allowed on a failed endpoint
  if (live === null || live.status === 'Failed') await hosting.createEndpoint(endpoint, config)
  else if (live.config !== config) await hosting.updateEndpoint(endpoint, config)
  return deployment
}
