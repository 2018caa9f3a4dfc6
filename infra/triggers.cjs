// serverless reads CommonJS; the resources are written in TypeScript.
module.exports = async ({ resolveVariable }) =>
  (await import('./triggers.ts')).triggers(await resolveVariable('sls:stage'))
