import { contractOf, requestFunction, requestSchema } from '@hopline/pipeline'

/** What the thread has computed since it began, in milliseconds: unlike the time, it does not grow when others compute, too. */
const computedMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Prints what a cold process takes to define every pipeline, and then to build what a predictor needs of their contracts. */
const began = computedMs()
void import('@hopline/pipelines').then(({ pipelines }) => {
  const defined = computedMs()
  for (const contract of pipelines.map(contractOf)) {
    requestFunction(contract)
    requestSchema(contract)
  }
  console.log(JSON.stringify([defined - began, computedMs() - defined]))
})
