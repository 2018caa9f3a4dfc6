import { AwsError } from '../../../core/errors.ts'

/** What stands in for a container image: packages for the machine's Python, and modules that prove them usable. */
export interface Image {
  readonly name: string
  readonly modules: readonly string[]
  /** Wheels by pip's own notation, complete (pip resolves nothing), for Python 3.`minor`. */
  readonly packages: (minor: number) => readonly string[]
}

const everywhere = [
  'joblib==1.4.2',
  'threadpoolctl==3.5.0',
  'python-dateutil==2.9.0.post0',
  'pytz==2024.2',
  'tzdata==2024.2',
  'six==1.16.0',
]

/** The image is scikit-learn 1.4.2; a Python for which that has no wheels gets the nearest version that has. */
const scikitLearn14: Image = {
  name: 'scikit-learn-1.4-2',
  modules: ['joblib', 'pandas', 'pyarrow.parquet', 'sklearn.ensemble', 'sklearn.metrics'],
  packages: (minor) => [
    ...(minor <= 12
      ? ['scikit-learn==1.4.2', 'numpy==1.26.4', 'scipy==1.13.1', 'pandas==2.2.3', 'pyarrow==17.0.0']
      : minor === 13
        ? ['scikit-learn==1.5.2', 'numpy==2.1.3', 'scipy==1.14.1', 'pandas==2.2.3', 'pyarrow==18.1.0']
        : ['scikit-learn==1.7.2', 'numpy==2.3.5', 'scipy==1.16.3', 'pandas==2.3.3', 'pyarrow==22.0.0']),
    ...everywhere,
  ],
}

const images: Readonly<Record<string, Image>> = {
  'sagemaker-scikit-learn:1.4-2-py312-cpu-py3': scikitLearn14,
  'sagemaker-scikit-learn:1.4-2-cpu-py3': scikitLearn14,
}

/** The image behind a URI; the registry (account and region) does not matter. Throws ValidationException for others. */
export const imageOf = (uri: string): Image => {
  const image = images[uri.slice(uri.lastIndexOf('/') + 1)]
  if (image === undefined) {
    throw new AwsError(
      'ValidationException',
      `The local platform has no image ${uri}. It has ${Object.keys(images).join(', ')}.`,
    )
  }
  return image
}
