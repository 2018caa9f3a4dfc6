import type { Services } from '../services.ts'
import { commitRoutes } from './commits.ts'
import { connectorRoutes } from './connectors.ts'
import { datasetRoutes } from './datasets.ts'
import { featureGroupUpdateRoutes } from './feature-group-updates.ts'
import { featureGroupRoutes } from './feature-groups.ts'
import { featureStoreRoutes } from './feature-stores.ts'
import { featureViewRoutes } from './feature-views.ts'
import { jobRoutes } from './jobs.ts'
import { projectRoutes } from './projects.ts'
import type { Route } from './route.ts'
import { subjectRoutes } from './subjects.ts'
import { tagSchemaRoutes } from './tags.ts'
import { trainingDatasetRoutes } from './training-datasets.ts'
import { unservedRoutes } from './unserved.ts'
import { variableRoutes } from './variables.ts'

/** Every request that the management API knows. */
export const routes = (services: Services): Route[] => [
  ...variableRoutes(services),
  ...projectRoutes(services),
  ...featureStoreRoutes(services),
  ...featureGroupRoutes(services),
  ...featureGroupUpdateRoutes(services),
  ...commitRoutes(services),
  ...subjectRoutes(services),
  ...tagSchemaRoutes(services),
  ...connectorRoutes(services),
  ...featureViewRoutes(services),
  ...trainingDatasetRoutes(services),
  ...jobRoutes(services),
  ...datasetRoutes(services),
  ...unservedRoutes(),
]
