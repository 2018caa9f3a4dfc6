import type { FeatureView } from './feature-view.ts'
import type { Metadata } from './metadata.ts'
import { ownerOf, removeOwned } from './owner.ts'

/** Removes a view and its training datasets; what these wrote stays where it is. */
export const removeView = (metadata: Metadata, view: FeatureView): void => {
  const { featureViews, trainingDatasets } = metadata
  for (const dataset of trainingDatasets.all()) {
    if (dataset.featureViewId !== view.id) continue
    removeOwned(metadata, ownerOf('training-dataset', dataset))
    trainingDatasets.remove(dataset.id)
  }
  removeOwned(metadata, ownerOf('feature-view', view))
  featureViews.remove(view.id)
}
