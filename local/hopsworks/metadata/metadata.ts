import type { DatabaseSync } from 'node:sqlite'
import { Collection } from './collection.ts'
import { connectorSchema } from './connector.ts'
import { featureGroupSchema } from './feature-group.ts'
import { featureViewSchema } from './feature-view.ts'
import { executionSchema, jobSchema } from './job.ts'
import { OnlineIngestions } from './online-ingestions.ts'
import { subjectSchema } from './subject.ts'
import { trainingDatasetSchema } from './training-dataset.ts'

/** All that Hopsworks knows about the data, apart from the data. */
export const openMetadata = (store: DatabaseSync) => ({
  featureGroups: new Collection(store, 'feature-group', featureGroupSchema),
  subjects: new Collection(store, 'subject', subjectSchema),
  featureViews: new Collection(store, 'feature-view', featureViewSchema),
  connectors: new Collection(store, 'connector', connectorSchema),
  trainingDatasets: new Collection(store, 'training-dataset', trainingDatasetSchema),
  jobs: new Collection(store, 'job', jobSchema),
  executions: new Collection(store, 'execution', executionSchema),
  onlineIngestions: new OnlineIngestions(store),
})
export type Metadata = ReturnType<typeof openMetadata>
