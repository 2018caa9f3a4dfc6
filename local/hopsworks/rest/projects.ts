import { project, projectUser } from '../project.ts'
import type { Services } from '../services.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Route } from './route.ts'

const { id, name, created } = project

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
      if (call.param('named') !== name) throw new RestError(failures.projectNotFound, `project ${call.param('named')}`)
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
      const client = certificates.clients[projectUser(key.username)]
      return {
        fileExtension: 'jks',
        kStore: '',
        tStore: '',
        password: '',
        caChain: certificates.authority,
        clientCert: client?.certificate,
        clientKey: client?.key,
      }
    },
  },
]
