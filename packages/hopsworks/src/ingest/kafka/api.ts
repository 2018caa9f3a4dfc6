/** One kind of request in the version that we speak; non-flexible ones, which every broker from 2.1 to 4.x knows. */
export interface Api {
  readonly key: number
  readonly version: number
  readonly name: string
}
