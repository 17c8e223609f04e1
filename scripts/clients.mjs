// `npm run clients`: aws-local as awscli, boto3 and another server see it; E2E_AWS_CLI, E2E_BOTO3_PYTHON and E2E_OTHER_AWS name them.
import { launch } from './launch.mjs'

await launch('all', [
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'aws-local', 'src/clients', ...process.argv.slice(2)],
])
