import * as z from 'zod'
import type { FeatureView } from '../metadata/feature-view.ts'
import { primaryKeys } from '../metadata/feature-group.ts'
import { featureViewRequestSchema, newFeatureView } from '../metadata/new-feature-view.ts'
import { ownerOf } from '../metadata/owner.ts'
import { removeView } from '../metadata/remove-view.ts'
import { groupsOf } from '../metadata/view-groups.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import { transaction } from '../store.ts'
import type { Call, Route } from './route.ts'
import { tagRoutes } from './tags.ts'
import { queryDto, viewDto } from './view-dto.ts'

const description = z.object({ description: z.string().nullish() })
const base = '/project/:project/featurestores/:store/featureview'
export const versioned = `${base}/:view/version/:version`

/** The view that a path names. */
export const existingView = ({ metadata }: Services, call: Call): FeatureView => {
  const view = metadata.featureViews.find(call.param('view'), call.number('version'))
  if (!view)
    throw new RestError(failures.viewNotFound, `feature view: ${call.param('view')}, version ${call.param('version')}`)
  return view
}

export const featureViewRoutes = (services: Services): Route[] => {
  const { store, metadata } = services
  const { featureViews } = metadata
  const dto = (view: FeatureView) => viewDto(metadata, view)

  const remove = (views: readonly FeatureView[]) =>
    transaction(store, () => {
      for (const view of views) removeView(metadata, view)
    })

  return [
    ...tagRoutes(services, versioned, (call) => ownerOf('feature-view', existingView(services, call))),
    {
      method: 'POST',
      path: base,
      scope: 'featurestore:write',
      status: 201,
      handle(call) {
        const request = call.body(featureViewRequestSchema)
        const { name, version = null } = request
        if (version !== null && featureViews.find(name, version))
          throw new RestError(failures.viewExists, `feature view: ${name}, version ${version}`)
        const view = transaction(store, () =>
          featureViews.insert(name, version, (identity) => newFeatureView(metadata, identity, request)),
        )
        return dto(view)
      },
    },
    { method: 'GET', path: base, scope: 'featurestore', handle: (call) => call.page(featureViews.all(), dto) },
    {
      method: 'GET',
      path: `${base}/:view`,
      scope: 'featurestore',
      handle(call) {
        const views = featureViews.named(call.param('view'))
        if (views.length === 0) throw new RestError(failures.viewNotFound, `feature view: ${call.param('view')}`)
        return call.page(views, dto)
      },
    },
    {
      method: 'GET',
      path: versioned,
      scope: 'featurestore',
      handle: (call) => dto(existingView(services, call)),
    },
    {
      method: 'PUT',
      path: versioned,
      scope: 'featurestore:write',
      handle(call) {
        const view = existingView(services, call)
        const changed = { ...view, description: call.body(description).description ?? view.description }
        featureViews.replace(changed)
        return dto(changed)
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:view`,
      scope: 'featurestore:write',
      handle: (call) => remove(featureViews.named(call.param('view'))),
    },
    {
      method: 'DELETE',
      path: versioned,
      scope: 'featurestore:write',
      handle: (call) => remove([existingView(services, call)]),
    },
    {
      method: 'GET',
      path: `${versioned}/query/batch`,
      scope: 'featurestore',
      handle(call) {
        const view = existingView(services, call)
        return queryDto(view, groupsOf(metadata, view), (group, _, index) => {
          const chosen = view.features.filter(
            (feature) =>
              feature.joinIndex === index &&
              (!feature.label || call.flag('with_label')) &&
              (!feature.inferenceHelperColumn || call.flag('inference_helper_columns')) &&
              (!feature.trainingHelperColumn || call.flag('training_helper_columns')),
          )
          return [
            ...chosen.map(({ featureGroupFeatureName }) => featureGroupFeatureName),
            ...(call.flag('with_primary_keys') ? primaryKeys(group) : []),
            ...(call.flag('with_event_time') && group.eventTime !== null ? [group.eventTime] : []),
          ]
        })
      },
    },
    {
      method: 'GET',
      path: `${versioned}/provenance/links`,
      scope: 'featurestore',
      handle(call) {
        const upstream = groupsOf(metadata, existingView(services, call)).map((artifact) => ({
          node: { artifactType: 'FEATURE_GROUP', accessible: true, deleted: false, exceptionCause: null, artifact },
          upstream: [],
          downstream: [],
        }))
        return { upstream, downstream: [] }
      },
    },
  ]
}
