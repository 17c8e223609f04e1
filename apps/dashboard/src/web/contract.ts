import type { ApiDescription } from '@continuum/service'
import type { DashboardSettings } from '@continuum/settings'
import { cookieOf } from '../http/sessions.ts'

/** Describes the HTTP contract as a whole; each route describes itself in its schema. */
export function contractOf(settings: DashboardSettings): ApiDescription {
  return {
    title: 'Dashboard',
    version: '1.0.0',
    description: [
      'The state of every article, and its publication.',
      'The routes under `/api` have the contract of the original system. The pages are for people; their forms also accept the token.',
    ].join('\n\n'),
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: cookieOf(settings).name,
        description: 'The session of a person. Changes also need its CSRF token, in the form or in `x-csrf-token`.',
      },
      token: { type: 'http', scheme: 'bearer', description: 'DASHBOARD_TOKEN: for machines' },
    },
    tags: [
      { name: 'api', description: 'The JSON API' },
      { name: 'pages', description: 'Pages for people' },
      { name: 'forms', description: 'The actions of the pages' },
      { name: 'sign-in', description: 'One-time sign-in links' },
      { name: 'health', description: 'The state of the service' },
    ],
  }
}
