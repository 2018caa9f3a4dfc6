/** The end of a job's name by which Hopsworks keeps it apart from others of its kind: `ddMMyyyyHHmmss`. */
export const jobStamp = (time: Date): string => {
  const [year, month, day] = time.toISOString().slice(0, 10).split('-')
  return `${day}${month}${year}${time.toISOString().slice(11, 19).replaceAll(':', '')}`
}
