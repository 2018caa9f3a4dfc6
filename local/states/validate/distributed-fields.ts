import { isObject } from '../json.ts'
import { invalid } from './problem.ts'
import type { Check } from './problem.ts'
import { all, exclusive, fields, listOf, oneOf, text } from './values.ts'

/** How a query language checks what both have. */
interface Dialect {
  /** Of Arguments, Parameters, BatchInput. */
  readonly template: Check
  /** `Arguments` or `Parameters`. */
  readonly given: string
  /** A literal number; in JSONata an expression too. */
  readonly count: (least: number) => Check
  /** The twins with `Path`, which JSONPath has. */
  readonly path?: Check
}

const counts = (names: readonly string[], least: number, { count, path }: Dialect): Record<string, Check> =>
  Object.fromEntries(
    names.flatMap((name): [string, Check][] => [
      [name, count(least)],
      ...(path ? [[`${name}Path`, path] satisfies [string, Check]] : []),
    ]),
  )

const label: Check = (value, location, report) => {
  if (typeof value !== 'string' || !/^[^\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]{1,40}$/u.test(value)) {
    report(invalid, 'A Label has at most 40 characters, none of them blank or reserved', location)
  }
}

const readerConfig = (dialect: Dialect) =>
  all(
    fields({
      InputType: oneOf('CSV', 'JSON', 'JSONL', 'MANIFEST'),
      CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
      CSVHeaders: listOf(text, 1),
      CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
      ItemsPointer: text,
      ManifestType: oneOf('S3_INVENTORY', 'ATHENA_DATA'),
      Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
      ...counts(['MaxItems'], 1, dialect),
    }),
    exclusive(['MaxItems', 'MaxItemsPath']),
  )

/** What only distributed Map states have. */
export const distributedFields = (dialect: Dialect): Readonly<Record<string, Check>> => {
  const given = { [dialect.given]: dialect.template }
  const sizes = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch']
  return {
    Label: label,
    ItemReader: fields(
      {
        Resource: oneOf('arn:aws:states:::s3:getObject', 'arn:aws:states:::s3:listObjectsV2'),
        ...given,
        ReaderConfig: readerConfig(dialect),
      },
      ['Resource', dialect.given],
    ),
    ItemBatcher: all(
      fields({ BatchInput: dialect.template, ...counts(sizes, 1, dialect) }),
      ...sizes.map((name) => exclusive([name, `${name}Path`])),
      (value, location, report) => {
        if (isObject(value) && !sizes.some((name) => name in value || `${name}Path` in value)) {
          report(invalid, `At least one of ${sizes.join(' and ')} is required`, location)
        }
      },
    ),
    ResultWriter: fields({
      Resource: oneOf('arn:aws:states:::s3:putObject'),
      ...given,
      WriterConfig: fields({
        Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
        OutputType: oneOf('JSON', 'JSONL'),
      }),
    }),
  }
}

const onlyDistributed = ['Label', 'ItemReader', 'ItemBatcher', 'ResultWriter']

/** Fields that fit the mode of a Map's processor. */
export const fitsMode: Check = (value, location, report) => {
  if (!isObject(value)) return
  const processor = value['ItemProcessor'] ?? value['Iterator']
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined
  const { Mode, ExecutionType } = isObject(config) ? config : {}
  if (Mode === 'DISTRIBUTED') {
    if (ExecutionType === undefined) {
      report(
        invalid,
        "The field 'ExecutionType' is required for DISTRIBUTED mode",
        `${location}/ItemProcessor/ProcessorConfig`,
      )
    }
    return
  }
  for (const name of onlyDistributed) {
    if (value[name] !== undefined) report(invalid, `Field '${name}' is only supported in DISTRIBUTED mode`, location)
  }
}
