/** An error of the management API: its HTTP status, its number, its fixed message and what is particular to it. */
export class RestError extends Error {
  override readonly name = 'RestError'
  readonly status: number
  readonly code: number
  readonly detail: string | undefined

  constructor([status, code, message]: readonly [number, number, string], detail?: string) {
    super(message)
    this.status = status
    this.code = code
    this.detail = detail
  }
}

export const failures = {
  variableNotFound: [404, 100050, 'Requested variable not found'],
  pathNotFound: [404, 110008, 'Inode was not found.'],
  unknown: [500, 120000, 'Unknown internal error.'],
  notHere: [404, 120001, 'The local Hopsworks does not know this request.'],
  illegalArgument: [422, 120001, 'Illegal argument'],
  executionNotFound: [404, 130007, 'Execution not found.'],
  jobNotFound: [404, 130009, 'Job not found.'],
  projectNotFound: [400, 150004, 'No project found.'],
  noRole: [403, 150068, 'Your role in this project is not authorized to perform this action.'],
  featureStoreNotFound: [404, 270008, "Featurestore wasn't found."],
  featureGroupNotFound: [404, 270009, "Featuregroup wasn't found."],
  trainingDatasetNotFound: [404, 270012, "Training dataset wasn't found."],
  illegalFeatureName: [400, 270040, 'Illegal feature name'],
  connectorNotFound: [404, 270042, "Couldn't find storage connector."],
  connectorExists: [400, 270047, 'A storage connector with the same name exists'],
  illegalFormat: [400, 270057, 'Illegal training data format'],
  groupExists: [400, 270089, 'The feature group already exists.'],
  illegalName: [400, 270091, 'Illegal featurestore entity name'],
  noJoinKeys: [400, 270096, 'No joining keys found'],
  notOnline: [400, 270102, 'Feature group is not online enabled'],
  illegalUpdate: [400, 270114, 'Illegal feature group update'],
  primaryKeyRequired: [400, 270121, 'Primary key is required'],
  unsupportedType: [400, 270151, 'Type is not supported'],
  illegalMapKey: [400, 270152, 'Map keys have to be strings'],
  illegalEventTime: [400, 270171, 'Illegal event time feature type'],
  eventTimeNotFound: [400, 270172, 'Event time feature not found'],
  notOnlineable: [400, 270176, 'Could not create online feature group'],
  viewExists: [400, 270179, 'Feature view already exists.'],
  viewNotFound: [404, 270181, "Feature view wasn't found."],
  streamStaysAsItIs: [400, 270184, 'A stream feature group cannot be enabled or disabled online'],
  duplicateFeature: [400, 270224, 'Duplicate feature'],
  illegalQuery: [404, 310000, 'Invalid query.'],
  keyNotFound: [401, 320002, 'Api key not found'],
  keyInvalid: [401, 320012, 'Api key is not valid'],
  keyLacksScope: [403, 320004, 'Api key without enough scope'],
  tagSchemaNotFound: [404, 370000, 'Tag schema not found.'],
  tagSchemaExists: [409, 370001, 'Tag schema with the same name exists.'],
  tagNotFound: [404, 370002, 'Tag not found.'],
  subjectNotFound: [404, 40401, 'Subject not found'],
  subjectVersionNotFound: [404, 40402, 'Version not found'],
  schemaNotFound: [404, 40403, 'Schema not found'],
} as const satisfies Record<string, readonly [number, number, string]>
