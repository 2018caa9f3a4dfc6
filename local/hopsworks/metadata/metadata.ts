import type { DatabaseSync } from 'node:sqlite'
import { Collection } from './collection.ts'
import { commitSchema } from './commit.ts'
import { connectorSchema } from './connector.ts'
import { featureGroupSchema } from './feature-group.ts'
import { featureViewSchema } from './feature-view.ts'
import { executionSchema, jobSchema } from './job.ts'
import { OnlineIngestions } from './online-ingestions.ts'
import { statisticsSchema } from './statistics.ts'
import { subjectSchema } from './subject.ts'
import { tagSchema, tagSchemaSchema } from './tag.ts'
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
  tagSchemas: new Collection(store, 'tag-schema', tagSchemaSchema),
  tags: new Collection(store, 'tag', tagSchema),
  statistics: new Collection(store, 'statistics', statisticsSchema),
  commits: new Collection(store, 'commit', commitSchema),
  onlineIngestions: new OnlineIngestions(store),
})
export type Metadata = ReturnType<typeof openMetadata>
