import type { Platform } from '../../core/platform.ts'
import type { Spark } from './installation.ts'

/** `--conf a=b --conf c=d` or `a=b --conf c=d`: what a job sets. */
export const settingsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(/(?:^|\s)--conf\s+/)
      .map((each) => /^\s*([\w.-]+)=("?)(.*?)\2\s*$/s.exec(each) ?? [])
      .flatMap(([, name, , value]) => (name === undefined || value === undefined ? [] : [[name, value]])),
  )

/** `spark-defaults.conf` of a job: one machine, and `s3://` is this platform. What the job sets comes last. */
export const sparkDefaults = (
  { url, region }: Platform,
  { hadoop, jars }: Spark,
  { folder, settings }: { folder: string; settings: Readonly<Record<string, string>> },
): string => {
  const defaults = {
    'spark.master': 'local[2]',
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.ui.enabled': 'false',
    'spark.ui.showConsoleProgress': 'false',
    'spark.local.dir': folder,
    'spark.sql.warehouse.dir': `${folder}/warehouse`,
    'spark.jars.packages': `org.apache.hadoop:hadoop-aws:${hadoop}`,
    'spark.jars.ivy': jars,
    'spark.hadoop.fs.s3.impl': 'org.apache.hadoop.fs.s3a.S3AFileSystem',
    'spark.hadoop.fs.s3a.endpoint': url,
    'spark.hadoop.fs.s3a.endpoint.region': region,
    'spark.hadoop.fs.s3a.path.style.access': 'true',
    'spark.hadoop.fs.s3a.connection.ssl.enabled': 'false',
    'spark.hadoop.fs.s3a.aws.credentials.provider': 'com.amazonaws.auth.EnvironmentVariableCredentialsProvider',
    'spark.hadoop.fs.s3a.change.detection.mode': 'none',
    ...settings,
  }
  return `${Object.entries(defaults)
    .map(([name, value]) => `${name} ${value}`)
    .join('\n')}\n`
}
