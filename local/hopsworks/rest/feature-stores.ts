import { project } from '../project.ts'
import type { Services } from '../services.ts'
import type { Route } from './route.ts'

export const featureStoreRoutes = ({ metadata }: Services): Route[] => {
  const view = () => ({
    featurestoreId: project.featureStoreId,
    featurestoreName: project.featureStoreName,
    created: project.created,
    projectName: project.name,
    projectId: project.id,
    onlineFeaturestoreName: project.name,
    offlineFeaturestoreName: project.featureStoreName,
    onlineEnabled: true,
    numFeatureGroups: metadata.featureGroups.all().length,
    numTrainingDatasets: metadata.trainingDatasets.all().length,
    numStorageConnectors: metadata.connectors.all().length,
    numFeatureViews: metadata.featureViews.all().length,
  })
  return [
    { method: 'GET', path: '/project/:project/featurestores', scope: 'featurestore', handle: () => [view()] },
    {
      method: 'GET',
      path: '/project/:project/featurestores/:store',
      scope: 'featurestore',
      handle: () => view(),
    },
    {
      method: 'GET',
      path: `/project/:project/featurestores/${project.featureStoreName}`,
      scope: 'featurestore',
      handle: () => view(),
    },
    {
      method: 'GET',
      path: `/project/:project/featurestores/${project.name}`,
      scope: 'featurestore',
      handle: () => view(),
    },
  ]
}
