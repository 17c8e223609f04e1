// `npx nx deploy APP --stack STACK --tag TAG`: rolls one app of an environment to another image.
import { launch } from './launch.mjs'

await launch('all', [['infra/deploy/main.ts', ...process.argv.slice(2)]])
