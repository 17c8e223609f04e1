// Runs one of the repository's commands: installs what is missing, then starts it on Node 26. package.json's scripts come here:
// `node scripts/run.mjs NAME [arguments]`. Plain JavaScript on built-in modules: nothing is installed yet when it starts.
import { launch } from './launch.mjs'

const vitest = (...args) => ['node_modules/vitest/vitest.mjs', 'run', ...args]

/**
 * The commands by name. `needs` is the set of packages to install: `run` for running Continuum, `all` for developing it.
 * Each step is a command line for Node; the arguments of the command line go to the last one.
 */
export const commands = {
  start: { needs: 'run', steps: [['apps/continuum/src/main.ts', 'start']] },
  dev: { needs: 'all', steps: [['apps/continuum/src/main.ts', 'start', '--watch']] },
  continuum: { needs: 'run', steps: [['apps/continuum/src/main.ts']] },
  feeder: { needs: 'run', steps: [['apps/feeder/src/main.ts']] },
  test: { needs: 'all', steps: [vitest('--project', '!e2e', '--project', '!pulumi', '--project', '!corpus')] },
  advisories: { needs: 'all', steps: [['scripts/advisories/main.ts']] },
  verify: { needs: 'all', steps: [['scripts/verify.ts']] },
  e2e: { needs: 'all', steps: [vitest('--project', 'e2e')] },
  'e2e:pulumi': { needs: 'all', steps: [vitest('--project', 'pulumi')] },
  clients: { needs: 'all', steps: [vitest('--project', 'aws-local', 'src/clients')] },
  soak: { needs: 'all', steps: [['libs/workflow-core/src/testing/internal/soak.ts']] },
  'soak:hard': { needs: 'all', steps: [['e2e/hard-soak.ts']] },
  'soak:deposits': { needs: 'all', steps: [['e2e/deposits-soak/main.ts']] },
  demo: { needs: 'all', steps: [['e2e/demo/main.ts']] },
  corpus: { needs: 'all', steps: [['apps/journal/corpus/main.ts']] },
  plan: { needs: 'all', steps: [['infra/proofs/plan/main.ts']] },
  cost: { needs: 'all', steps: [['infra/cost/main.ts']] },
  deploy: { needs: 'all', steps: [['infra/deploy/main.ts']] },
  roll: { needs: 'all', steps: [['infra/deploy/roll-main.ts']] },
  promote: { needs: 'all', steps: [['infra/deploy/promote-main.ts']] },
  drift: { needs: 'all', steps: [['infra/previews/drift-main.ts']] },
  preview: { needs: 'all', steps: [['infra/previews/preview-main.ts']] },
  image: { needs: 'all', steps: [['scripts/image/main.ts']] },
  pack: { needs: 'all', steps: [['scripts/pack/main.ts']] },
  bench: { needs: 'all', steps: [['bench/main.ts']] },
  'bench:all': { needs: 'all', steps: [['bench/all.ts']] },
  'bench:aws': { needs: 'all', steps: [['bench/aws/main.ts']] },
  'bench:feeder': { needs: 'all', steps: [['bench/feeder-rate.ts']] },
  'bench:dashboard': { needs: 'all', steps: [['bench/dashboard/main.ts']] },
  'bench:idle': { needs: 'all', steps: [['bench/idle.ts']] },
  'bench:intake': { needs: 'all', steps: [['bench/intake/main.ts']] },
  'bench:lax': { needs: 'all', steps: [['bench/lax/main.ts']] },
  'bench:readers': { needs: 'all', steps: [['bench/readers/main.ts']] },
  'bench:derivatives': { needs: 'all', steps: [['bench/derivatives.ts']] },
  'bench:many': { needs: 'all', steps: [['bench/many/main.ts']] },
  'bench:replay': { needs: 'all', steps: [['--expose-gc', '--no-flush-bytecode', 'bench/replay/main.ts']] },
  'bench:slow': { needs: 'all', steps: [['bench/slow/main.ts']] },
  'bench:quotas': { needs: 'all', steps: [['bench/quotas/main.ts']] },
  'bench:usage': { needs: 'all', steps: [['bench/usage/main.ts']] },
  'bench:steps': { needs: 'all', steps: [['bench/steps/main.ts']] },
}

const [name, ...rest] = process.argv.slice(2)
// `npm run bench -- steps` is `npm run bench:steps`.
const [named, ...args] =
  name === 'bench' && rest[0] && !rest[0].startsWith('-') ? [`bench:${rest[0]}`, ...rest.slice(1)] : [name, ...rest]
const soak = ['hard', 'deposits'].find((kind) => args.includes(`--${kind}`))
const asked = named === 'soak' && soak !== undefined ? `soak:${soak}` : named
const command = Object.hasOwn(commands, asked ?? '') ? commands[asked] : undefined
if (command === undefined) {
  process.stderr.write(
    `Usage: node scripts/run.mjs COMMAND [arguments]\nCommands: ${Object.keys(commands).join(', ')}\n`,
  )
  process.exit(2)
}
await launch(command.needs, command.steps.with(command.steps.length - 1, [...command.steps.at(-1), ...args]))
