const accounts: Readonly<Record<string, string>> = {
  'af-south-1': '510948584623',
  'ap-northeast-1': '354813040037',
  'ap-northeast-2': '366743142698',
  'ap-south-1': '720646828776',
  'ap-southeast-1': '121021644041',
  'ap-southeast-2': '783357654285',
  'ca-central-1': '341280168497',
  'eu-central-1': '492215442770',
  'eu-north-1': '662702820516',
  'eu-south-1': '978288397137',
  'eu-west-1': '141502667606',
  'eu-west-2': '764974769150',
  'eu-west-3': '659782779980',
  'me-south-1': '801668240914',
  'sa-east-1': '737474898029',
  'us-east-1': '683313688378',
  'us-east-2': '257758044811',
  'us-west-1': '746614075791',
  'us-west-2': '246618743249',
}

const images: Readonly<Record<string, string>> = {
  'sklearn-1.4-2': 'sagemaker-scikit-learn:1.4-2-py312-cpu-py3',
  'sklearn-1.2-1': 'sagemaker-scikit-learn:1.2-1-cpu-py3',
  'xgboost-3.0-5': 'sagemaker-xgboost:3.0-5',
  'xgboost-1.7-1': 'sagemaker-xgboost:1.7-1',
}

/** Thrown for a framework or a region of which no SageMaker image is known here. */
export class UnknownTrainingImage extends Error {
  override readonly name = 'UnknownTrainingImage'
}

/** The SageMaker image that trains and serves `framework` (as in pipeline.ts) in `region`. Throws {@link UnknownTrainingImage}. */
export const trainingImage = (framework: string, region: string) => {
  const account = accounts[region]
  const image = images[framework]
  if (image === undefined) throw new UnknownTrainingImage(`no SageMaker image is known for ${framework}`)
  if (account === undefined) throw new UnknownTrainingImage(`no account of SageMaker's images is known for ${region}`)
  return `${account}.dkr.ecr.${region}.amazonaws.com/${image}`
}
