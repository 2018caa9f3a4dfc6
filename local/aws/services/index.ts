import type { Service } from '../core/service.ts'
import * as apigateway from './apigateway/index.ts'
import * as cloudformation from './cloudformation/index.ts'
import * as ecr from './ecr/index.ts'
import * as events from './events/index.ts'
import * as lambda from './lambda/index.ts'
import * as logs from './logs/index.ts'
import * as sagemaker from './sagemaker/index.ts'
import * as s3 from './s3/index.ts'
import * as iam from './iam/index.ts'
import * as secretsmanager from './secretsmanager/index.ts'
import * as states from './states/index.ts'
import * as sqs from './sqs/index.ts'
import * as sts from './sts/index.ts'

export const services: readonly Service[] = [
  sts,
  iam,
  s3,
  secretsmanager,
  logs,
  sqs,
  events,
  lambda,
  apigateway,
  ecr,
  sagemaker,
  states,
  cloudformation,
]
