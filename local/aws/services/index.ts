import type { Service } from '../core/service.ts'
import * as apigateway from './apigateway/index.ts'
import * as cloudformation from './cloudformation/index.ts'
import * as ecr from './ecr/index.ts'
import * as cloudwatch from './cloudwatch/index.ts'
import * as emrServerless from './emr-serverless/index.ts'
import * as events from './events/index.ts'
import * as glue from './glue/index.ts'
import * as kinesis from './kinesis/index.ts'
import * as lambda from './lambda/index.ts'
import * as logs from './logs/index.ts'
import * as sagemaker from './sagemaker/index.ts'
import * as s3 from './s3/index.ts'
import * as iam from './iam/index.ts'
import * as secretsmanager from './secretsmanager/index.ts'
import * as states from './states/index.ts'
import * as sns from './sns/index.ts'
import * as sqs from './sqs/index.ts'
import * as sts from './sts/index.ts'

export const services: readonly Service[] = [
  sts,
  iam,
  s3,
  secretsmanager,
  logs,
  cloudwatch,
  sqs,
  sns,
  events,
  kinesis,
  lambda,
  apigateway,
  ecr,
  emrServerless,
  glue,
  sagemaker,
  states,
  cloudformation,
]
