// serverless reads CommonJS; the roles are written in TypeScript.
module.exports = async ({ resolveVariable }) =>
  (await import('./roles.ts')).roles({
    stage: await resolveVariable('sls:stage'),
    hopsworksPrincipal: await resolveVariable('param:hopsworksPrincipal'),
  })
