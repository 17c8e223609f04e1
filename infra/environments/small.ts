import type { Overrides } from './src/index.ts'

/** A small journal: all processes in one task, for less than 60 dollars a month (`continuum cost --env small`). */
export default {
  shape: 'small',
  architecture: 'arm64',
  task: { cpu: 256, memory: 2048 },
  organisation: 'small-press',
  journals: ['sampler'],
  siteName: 'Small Press',
  domain: { name: 'small-press.example.org' },
  database: { engine: 'rds', class: 'db.t4g.micro', storageGigabytes: 20 },
  cdn: {},
  // The unpacked files of a run: the archive keeps the package itself.
  retention: { expandedDays: 180 },
} satisfies Overrides
