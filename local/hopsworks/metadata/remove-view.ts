import type { FeatureView } from './feature-view.ts'
import type { Metadata } from './metadata.ts'

/** Removes a view and its training datasets; what these wrote stays where it is. */
export const removeView = ({ featureViews, trainingDatasets }: Metadata, { id }: FeatureView): void => {
  for (const dataset of trainingDatasets.all()) if (dataset.featureViewId === id) trainingDatasets.remove(dataset.id)
  featureViews.remove(id)
}
