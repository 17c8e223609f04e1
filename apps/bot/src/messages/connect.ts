import { createClients, createPollingClients, namesFor, type EnvironmentSettings } from '@continuum/aws-resources'
import type { Static, TObject } from 'typebox'

type Environment = Static<TObject<typeof EnvironmentSettings>>

/** Connects a process to its environment on AWS: the names of its resources, clients for calls, and clients for long polls. */
export function connectToAws(settings: Environment) {
  const { AWS_REGION: region } = settings
  return {
    names: namesFor(settings),
    clients: createClients({ region }),
    pollingClients: createPollingClients({ region }),
  }
}
