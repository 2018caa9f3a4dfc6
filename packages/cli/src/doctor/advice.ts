import type { DoctorCheck } from '@hopline/workflow'

/** What to do about a server that feature-writer cannot use. */
export function adviceFor({ what, host, port, code }: DoctorCheck): string {
  const reason = String(code)
  if (code === 401 || code === 403) {
    return 'The key is refused: make a new one with the scopes project, featurestore, job and kafka, and run hopline connect.'
  }
  if (reason === '58') return 'The brokers refuse the user or the password of the Kafka connector in Hopsworks.'
  if (/ALERT|CERTIFICATE_EXPIRED/.test(reason) && what.startsWith('Kafka')) {
    return "The broker refuses the project user's certificate: renew it in Hopsworks."
  }
  if (/CERT|SIGN|ISSUER|SSL|VERIFY/.test(reason)) {
    return 'The certificate is not trusted or does not name this host: give its authority by hopline connect --ca.'
  }
  if (/ENOTFOUND|EAI_/.test(reason)) {
    return what === 'Kafka broker'
      ? `The brokers name themselves ${host}, which only the cluster knows: advertise a name that AWS can resolve.`
      : `${host} cannot be resolved from the function: check the name, and the DNS of its VPC.`
  }
  if (/TIMEDOUT|TIMEOUT|ECONNABORTED|EHOSTUNREACH|ENETUNREACH/.test(reason)) {
    return `Nothing answers: open port ${port} of ${host} to the function, by its security groups, NAT or peering.`
  }
  if (reason === 'ECONNREFUSED') return `Nobody listens on port ${port} of ${host}: check that the service runs there.`
  if (Number(code) >= 500) return 'Hopsworks is busy or restarting: try again.'
  return 'Check the address in Hopsworks and run hopline connect again.'
}
