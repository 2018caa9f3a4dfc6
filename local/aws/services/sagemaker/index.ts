import type { Operation } from '../../core/operation.ts'
import addTags from './add-tags.ts'
import createEndpoint from './create-endpoint.ts'
import createEndpointConfig from './create-endpoint-config.ts'
import createHyperParameterTuningJob from './create-hyper-parameter-tuning-job.ts'
import createModel from './create-model.ts'
import createModelPackage from './create-model-package.ts'
import createModelPackageGroup from './create-model-package-group.ts'
import createProcessingJob from './create-processing-job.ts'
import createTrainingJob from './create-training-job.ts'
import createTransformJob from './create-transform-job.ts'
import deleteEndpoint from './delete-endpoint.ts'
import deleteEndpointConfig from './delete-endpoint-config.ts'
import deleteModel from './delete-model.ts'
import deleteModelPackage from './delete-model-package.ts'
import deleteModelPackageGroup from './delete-model-package-group.ts'
import deleteTags from './delete-tags.ts'
import describeEndpoint from './describe-endpoint.ts'
import describeEndpointConfig from './describe-endpoint-config.ts'
import describeHyperParameterTuningJob from './describe-hyper-parameter-tuning-job.ts'
import describeModel from './describe-model.ts'
import describeModelPackage from './describe-model-package.ts'
import describeModelPackageGroup from './describe-model-package-group.ts'
import describeProcessingJob from './describe-processing-job.ts'
import describeTrainingJob from './describe-training-job.ts'
import describeTransformJob from './describe-transform-job.ts'
import invokeEndpoint from './invoke-endpoint.ts'
import listEndpointConfigs from './list-endpoint-configs.ts'
import listEndpoints from './list-endpoints.ts'
import listHyperParameterTuningJobs from './list-hyper-parameter-tuning-jobs.ts'
import listModelPackageGroups from './list-model-package-groups.ts'
import listModelPackages from './list-model-packages.ts'
import listModels from './list-models.ts'
import listProcessingJobs from './list-processing-jobs.ts'
import listTags from './list-tags.ts'
import listTrainingJobs from './list-training-jobs.ts'
import listTrainingJobsForHyperParameterTuningJob from './list-training-jobs-for-hyper-parameter-tuning-job.ts'
import listTransformJobs from './list-transform-jobs.ts'
import stopHyperParameterTuningJob from './stop-hyper-parameter-tuning-job.ts'
import stopProcessingJob from './stop-processing-job.ts'
import stopTrainingJob from './stop-training-job.ts'
import stopTransformJob from './stop-transform-job.ts'
import updateEndpoint from './update-endpoint.ts'
import updateEndpointWeightsAndCapacities from './update-endpoint-weights-and-capacities.ts'
import updateModelPackage from './update-model-package.ts'

export { start } from './start.ts'

export const operations: Operation[] = [
  addTags,
  createEndpoint,
  createEndpointConfig,
  createHyperParameterTuningJob,
  createModel,
  createModelPackage,
  createModelPackageGroup,
  createProcessingJob,
  createTrainingJob,
  createTransformJob,
  deleteEndpoint,
  deleteEndpointConfig,
  deleteModel,
  deleteModelPackage,
  deleteModelPackageGroup,
  deleteTags,
  describeEndpoint,
  describeEndpointConfig,
  describeHyperParameterTuningJob,
  describeModel,
  describeModelPackage,
  describeModelPackageGroup,
  describeProcessingJob,
  describeTrainingJob,
  describeTransformJob,
  invokeEndpoint,
  listEndpointConfigs,
  listEndpoints,
  listHyperParameterTuningJobs,
  listModelPackageGroups,
  listModelPackages,
  listModels,
  listProcessingJobs,
  listTags,
  listTrainingJobs,
  listTrainingJobsForHyperParameterTuningJob,
  listTransformJobs,
  stopHyperParameterTuningJob,
  stopProcessingJob,
  stopTrainingJob,
  stopTransformJob,
  updateEndpoint,
  updateEndpointWeightsAndCapacities,
  updateModelPackage,
]
