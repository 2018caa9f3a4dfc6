import { contractOf, requestFunction, requestSchema } from '@hopline/pipeline'

/** Prints the milliseconds in which a cold process builds what the predictor needs of every pipeline, its imports not counted. */
const since = performance.now()
void import('@hopline/pipelines').then(({ pipelines }) => {
  for (const contract of pipelines.map(contractOf)) {
    requestFunction(contract)
    requestSchema(contract)
  }
  console.log(performance.now() - since)
})
