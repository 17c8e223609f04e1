import { createClients, createPollingClients, namesOf, type EnvironmentSettings } from '@continuum/aws-resources'
import type { Static, TObject } from 'typebox'

type Environment = Static<TObject<typeof EnvironmentSettings>>

/** Connects a process to its environment on AWS: the names of its resources, clients for calls, and clients for long polls. */
export function connectToAws({ AWS_REGION: region, PREFIX: prefix, ORGANISATION: organisation }: Environment) {
  return {
    names: namesOf({ prefix, organisation }),
    clients: createClients({ region }),
    pollingClients: createPollingClients({ region }),
  }
}
