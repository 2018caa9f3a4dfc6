import { createHash } from 'node:crypto'
import { foreignProject, project, projectUser } from '../project.ts'
import type { Services } from '../services.ts'
import { failures, RestError } from '../rest-error.ts'
import type { KeyPair } from '../tls/authority.ts'
import { keyStore, trustStore } from '../tls/java-key-store.ts'
import type { Route } from './route.ts'

const { id, name, created } = project

/** The password of a user's stores: as secret as the key in them, and the same after a restart. */
const passwordOf = ({ key }: KeyPair) => createHash('sha256').update(key).digest('hex')

export const projectRoutes = ({ certificates }: Services): Route[] => [
  {
    method: 'GET',
    path: '/project',
    scope: 'project',
    handle: ({ key: { username, role } }) => [
      {
        project: { id, name, created, owner: { username: 'meb10000' } },
        user: { username, email: `${username}@hopline.local` },
        teamRole: role,
        timestamp: created,
      },
    ],
  },
  {
    method: 'GET',
    path: '/project/getProjectInfo/:named',
    scope: 'project',
    handle(call) {
      const named = call.param('named')
      if (named === foreignProject.name) throw new RestError(failures.noRole, `project ${named}`)
      if (named !== name) throw new RestError(failures.projectNotFound, `project ${named}`)
      return {
        projectId: id,
        projectName: name,
        owner: 'meb10000',
        description: '',
        created,
        services: ['JOBS', 'KAFKA', 'FEATURESTORE'],
        projectTeam: [],
        datasets: [],
        inodeid: 1,
        creationStatus: 0,
        featureStoreTopic: null,
        namespace: name,
        quotas: {},
      }
    },
  },
  {
    method: 'GET',
    path: '/project/:project/credentials',
    scope: 'project',
    handle({ key }) {
      const { authority, clients } = certificates
      const client = clients[projectUser(key.username)]
      if (!client) throw new Error(`${key.username} has no certificate`)
      const password = passwordOf(client)
      return {
        fileExtension: 'jks',
        kStore: keyStore({ key: client.key, chain: [client.certificate, authority] }, password),
        tStore: trustStore(authority, password),
        password,
        caChain: authority,
        clientCert: client.certificate,
        clientKey: client.key,
      }
    },
  },
]
