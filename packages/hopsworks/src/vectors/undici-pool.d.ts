/** undici's entry loads fetch, WebSocket, caches and more; the predictor needs its pool. */
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici'
}
