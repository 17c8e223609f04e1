import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appOf, eachApp, imageOf, processNames, readStackSettings } from '@continuum/environments'
import { onTestFinished, vi } from 'vitest'
import { startEcr } from '../proofs/registry/ecr.ts'
import type { PulumiStack } from './pulumi-cli.ts'

/** An update in a stack's history, as Pulumi prints it. */
export interface PrintedUpdate {
  readonly result: 'succeeded' | 'failed'
  readonly tags: Readonly<Record<string, string>>
  readonly commit?: string
  readonly targeted?: boolean
  readonly message?: string
}

const printed = ({ result, tags, commit, targeted, message }: PrintedUpdate) => ({
  kind: 'update',
  result,
  ...(message !== undefined && { message }),
  startTime: '2026-11-30T10:00:00.000Z',
  environment: {
    ...(commit !== undefined && { 'git.head': commit }),
    ...(targeted === true && { 'pulumi.flag.target': 'set' }),
  },
  config: Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`continuum:${key}`, { value, secret: false }]),
  ),
})

/**
 * A stack in memory, as the Pulumi CLI shows it, which remembers its updates. What runs is what its configuration says when it is made.
 */
export function stackWith(
  tags: Readonly<Record<string, string>>,
  more: { exitCode?: number; history?: readonly PrintedUpdate[]; repository?: string; unsteady?: string } = {},
) {
  const { exitCode = 0, history = [{ result: 'succeeded', tags }], repository = 'ct-continuum', unsteady } = more
  const address = `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repository}`
  const config = new Map(Object.entries(tags))
  const ran: string[] = []
  const during: Record<string, string>[] = []
  const updates = history.map(printed)
  const state = stateOf(tags, address, unsteady)
  const answers: Record<string, (args: string[]) => unknown> = {
    config: ([verb = '', ...keys]) => {
      if (verb === 'set-all')
        for (const pair of keys.filter((key) => key !== '--plaintext')) {
          const [key = '', ...value] = pair.split('=')
          config.set(key, value.join('='))
        }
      if (verb === 'rm-all') for (const key of keys) config.delete(key)
      return printed({ result: 'succeeded', tags: Object.fromEntries(config) }).config
    },
    output: () => address,
    history: () => updates,
    export: () => state,
  }
  const stack: PulumiStack = {
    name: 'continuum-test',
    ask: async (...args) => {
      const [name = '', ...rest] = args[0] === 'stack' ? args.slice(1) : args
      const answer = name === 'config' ? answers['config']?.(rest) : answers[name]?.(rest)
      return typeof answer === 'string' ? `${answer}\n` : JSON.stringify(answer)
    },
    attempt: async () => ({ code: 0, out: '', err: '' }),
    run: async (...args) => {
      ran.push(args.join(' '))
      const used = Object.fromEntries(config)
      during.push(used)
      if (args[0] === 'up')
        updates.unshift(
          printed({
            result: exitCode === 0 ? 'succeeded' : 'failed',
            tags: used,
            targeted: args.includes('--target'),
            ...(args.includes('--message') && { message: args[args.indexOf('--message') + 1] ?? '' }),
          }),
        )
      return exitCode
    },
  }
  return { stack, ran, during, config: () => Object.fromEntries(config) }
}

/** The state of a stack whose services run the images of a configuration. */
function stateOf(tags: Readonly<Record<string, string>>, address: string, unsteady: string | undefined) {
  const { tags: images } = readStackSettings('continuum-test', tags)
  const addresses = eachApp((app) => imageOf(address, images[app] ?? 'none'))
  const resources = processNames.flatMap((process) => [
    {
      urn: `urn:pulumi:continuum-test::continuum::aws:ecs/service:Service::services-${process}`,
      type: 'aws:ecs/service:Service',
      inputs: { taskDefinition: `arn:${process}` },
      ...(process === unsteady && { initErrors: ['tasks failed to start'] }),
    },
    {
      urn: `urn:pulumi:continuum-test::continuum::aws:ecs/taskDefinition:TaskDefinition::services-${process}`,
      type: 'aws:ecs/taskDefinition:TaskDefinition',
      inputs: { containerDefinitions: JSON.stringify([{ name: process, image: addresses[appOf(process)] }]) },
      outputs: { arn: `arn:${process}` },
    },
  ])
  return { version: 3, deployment: { resources } }
}

/** An ECR with empty repositories, of which the test's process is told. @returns the folder of its images */
export async function newRegistry(): Promise<string> {
  const store = mkdtempSync(join(tmpdir(), 'registry-'))
  const ecr = await startEcr(store)
  for (const [name, value] of [
    ['AWS_ENDPOINT_URL_ECR', ecr.url],
    ['AWS_ACCESS_KEY_ID', 'local'],
    ['AWS_SECRET_ACCESS_KEY', 'local'],
  ] as const)
    vi.stubEnv(name, value)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await ecr[Symbol.asyncDispose]()
    rmSync(store, { recursive: true })
  })
  return store
}
