export interface Suite {
  readonly name: string
  /** What it proves, in a line. */
  readonly about: string
  /** Run from the root of the repository: 0 is proved, 77 not run for the reason in its last line, all else a failure. */
  readonly command: readonly [program: string, ...args: string[]]
  readonly longestMinutes: number
}

/** Slow suites against real peers, in the order in which they run. */
export const suites: readonly Suite[] = [
  {
    name: 'contract',
    about: 'TypeScript and Spark 3.5 agree on every operator, random trees, windows and three million flights',
    command: ['node', 'proof/contract/run.ts'],
    longestMinutes: 19,
  },
  {
    name: 'guide',
    about: 'every command of docs/write-a-pipeline.md, as a reader would run it, from a CSV to a first prediction',
    command: ['node', 'proof/contract/guide.ts'],
    longestMinutes: 10,
  },
  {
    name: 'hopsworks-sdk-5.2',
    about: 'the official Hopsworks SDK 5.2 does its work on the local Hopsworks, and shares groups with our client',
    command: ['python3', 'proof/hopsworks-sdk/run.py', '--sdk', '5.2.1'],
    longestMinutes: 10,
  },
  {
    name: 'hopsworks-sdk-4.8',
    about: 'so does 4.8',
    command: ['python3', 'proof/hopsworks-sdk/run.py', '--sdk', '4.8.8'],
    longestMinutes: 10,
  },
  {
    name: 'asl',
    about: 'executions recorded on AWS come out the same on the local Step Functions, event by event',
    command: ['python3', 'proof/asl/run.py'],
    longestMinutes: 10,
  },
  {
    name: 'template',
    about: 'cfn-lint finds nothing in the templates that serverless makes of the stack',
    command: ['node', 'proof/template/run.ts'],
    longestMinutes: 3,
  },
  {
    name: 'serverless-cli',
    about: 'the real serverless deploys, changes, reads and removes Hopline and a small service on the local AWS',
    command: ['node', 'proof/serverless-cli/run.ts'],
    longestMinutes: 12,
  },
  {
    name: 'sagemaker-sdk',
    about:
      'the SageMaker Python SDK, 2 and 3, trains, deploys, predicts and deletes; boto3 waits for jobs and endpoints',
    command: ['node', 'proof/sagemaker-sdk/run.ts'],
    longestMinutes: 24,
  },
  {
    name: 'restart',
    about:
      'the local AWS is killed at twelve random moments: what it told is there, what ran has ended as AWS reports it',
    command: [
      'env',
      'HOPLINE_ROUNDS=12',
      'node',
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      'local/aws/restart',
    ],
    longestMinutes: 10,
  },
  {
    name: 'kafka',
    about: 'the ingestion into a real Kafka cluster: killed brokers, moved leaders, full disks, expired certificates',
    command: ['node', 'proof/kafka/run.ts'],
    longestMinutes: 12,
  },
  {
    name: 'aws-clients',
    about: 'the AWS CLI and boto3 drive storage, functions, stacks, queues and streams of the local AWS',
    command: ['node', 'proof/aws-clients/run.ts'],
    longestMinutes: 10,
  },
  {
    name: 'spark-jobs',
    about: 'Glue and EMR Serverless of the local AWS run a PySpark script that reads and writes S3',
    command: ['node', 'proof/spark-jobs/run.ts'],
    longestMinutes: 10,
  },
]
