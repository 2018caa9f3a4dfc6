import type { ResourceType } from './resource-type.ts'
import { alarm, kmsAlias, kmsKey } from './resources/accepted-without-effect.ts'
import api from './resources/apigatewayv2-api.ts'
import authorizer from './resources/apigatewayv2-authorizer.ts'
import integration from './resources/apigatewayv2-integration.ts'
import route from './resources/apigatewayv2-route.ts'
import stage from './resources/apigatewayv2-stage.ts'
import rule from './resources/events-rule.ts'
import policy from './resources/iam-policy.ts'
import role from './resources/iam-role.ts'
import eventInvokeConfig from './resources/lambda-event-invoke-config.ts'
import fn from './resources/lambda-function.ts'
import permission from './resources/lambda-permission.ts'
import version from './resources/lambda-version.ts'
import logGroup from './resources/logs-log-group.ts'
import bucket from './resources/s3-bucket.ts'
import bucketPolicy from './resources/s3-bucket-policy.ts'
import modelPackageGroup from './resources/sagemaker-model-package-group.ts'
import secret from './resources/secretsmanager-secret.ts'
import queue from './resources/sqs-queue.ts'
import queuePolicy from './resources/sqs-queue-policy.ts'
import stateMachine from './resources/stepfunctions-state-machine.ts'

/** A type's own properties are known to it alone; its schema has checked them before any of its functions sees them. */
const erased = <P>(type: ResourceType<P>): ResourceType => type as unknown as ResourceType

const all: readonly ResourceType[] = [
  erased(alarm),
  erased(api),
  erased(authorizer),
  erased(bucket),
  erased(bucketPolicy),
  erased(eventInvokeConfig),
  erased(fn),
  erased(integration),
  erased(kmsAlias),
  erased(kmsKey),
  erased(logGroup),
  erased(modelPackageGroup),
  erased(permission),
  erased(policy),
  erased(queue),
  erased(queuePolicy),
  erased(role),
  erased(route),
  erased(rule),
  erased(secret),
  erased(stage),
  erased(stateMachine),
  erased(version),
]

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(all.map((type) => [type.type, type]))
