// `npm run plan`: what `pulumi up` would make of each environment, compared with what was agreed to.
import { launch } from './launch.mjs'

await launch('all', [['infra/plan/main.ts', ...process.argv.slice(2)]])
