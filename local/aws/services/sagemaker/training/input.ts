import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unpack } from '../archive.ts'
import type { S3 } from '../s3.ts'
import { downloadPrefix } from '../s3.ts'
import type { TrainingJobRequest } from './request.ts'

const group = 'homogeneousCluster'
const host = 'algo-1'

/** The JSON files under input/config, as a container of one host finds them. */
const configFiles = ({
  HyperParameters,
  InputDataConfig = [],
  ResourceConfig,
  AlgorithmSpecification,
  CheckpointConfig,
}: Request) => ({
  hyperparameters: HyperParameters,
  ...(CheckpointConfig && { checkpointconfig: CheckpointConfig }),
  inputdataconfig: Object.fromEntries(
    InputDataConfig.map(({ ChannelName, ContentType, InputMode, DataSource, RecordWrapperType }) => [
      ChannelName,
      {
        ContentType,
        TrainingInputMode: InputMode ?? AlgorithmSpecification.TrainingInputMode,
        S3DistributionType: DataSource.S3DataSource.S3DataDistributionType ?? 'FullyReplicated',
        RecordWrapperType: RecordWrapperType ?? 'None',
      },
    ]),
  ),
  resourceconfig: {
    current_host: host,
    current_instance_type: ResourceConfig.InstanceType,
    current_group_name: group,
    hosts: [host],
    network_interface_name: 'eth0',
    instance_groups: [{ instance_group_name: group, instance_type: ResourceConfig.InstanceType, hosts: [host] }],
  },
})

type Request = Omit<TrainingJobRequest, 'Tags'>

/** A hyperparameter of the toolkit itself; the Python SDK quotes it as JSON. */
const toolkitSetting = (value: string | undefined) => value?.replace(/^"(.*)"$/s, '$1')

/** Fills `<job>/opt/ml` with everything that a training container finds there at its start. */
export const prepareInput = async (request: Request, s3: S3, base: string) => {
  const folders = ['code', 'model', 'input/config', 'input/data', 'output/data', 'output/intermediate']
  for (const folder of folders) await mkdir(join(base, folder), { recursive: true })
  for (const [name, content] of Object.entries(configFiles(request))) {
    await writeFile(join(base, 'input/config', `${name}.json`), JSON.stringify(content))
  }
  for (const { ChannelName, DataSource } of request.InputDataConfig ?? []) {
    await downloadPrefix(s3, DataSource.S3DataSource.S3Uri, join(base, 'input/data', ChannelName))
  }
  const source = toolkitSetting(request.HyperParameters['sagemaker_submit_directory'])
  if (source?.startsWith('s3://')) await unpack(await s3.read(source), join(base, 'code'))
}
