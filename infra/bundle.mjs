// serverless loads plugins as JavaScript; this one is written in TypeScript.
export { Bundle as default } from './bundle.ts'
