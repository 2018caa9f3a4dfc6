/** The one project of this Hopsworks, and its feature store. */
export const project = {
  id: 119,
  name: 'demo',
  created: '2026-01-01T00:00:00.000Z',
  featureStoreId: 67,
  featureStoreName: 'demo_featurestore',
  onlineTopic: 'demo_onlinefs',
  offlineTopic: 'demo',
} as const

/** A project of somebody else: it is there, and no key here is of a member. */
export const foreignProject = { id: 120, name: 'other' } as const

/** A member's name in certificates, as Hopsworks writes it. */
export const projectUser = (username: string) => `${project.name}__${username}`
