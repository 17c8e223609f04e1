import { createClients } from '@continuum/aws-resources'
import { groundOf } from '../../plan/aws-context.ts'
import { parsed } from '../../stand-in/rules/documents.ts'
import { isObject, textOf, type Properties } from '../../wire/values.ts'
import { newServer, servePlugin } from '../../wire/serve.ts'
import { keptIn } from '../provider/kept.ts'
import { addProvider } from '../provider/provider.ts'
import { realAws } from './aws.ts'

/** What `pulumi-resource-aws` is to the Pulumi CLI, for an AWS of which only SWF, SQS and S3 are there: aws-local. */
if (!process.env['AWS_ENDPOINT_URL'])
  throw new Error('AWS_ENDPOINT_URL must say where SWF, SQS and S3 are: this stand-in must never reach AWS itself')
const folder = process.env['STAND_IN_STORE']
if (!folder) throw new Error('STAND_IN_STORE must say in which folder the stand-in keeps what it was given')

/** Whose resources these are: aws-local's account. */
const account = '123456789012'

/** What the provider puts on everything. */
function defaultTagsOf(inputs: Properties): Record<string, string> {
  const given = parsed(inputs['defaultTags'] ?? null)
  const tags = isObject(given) && isObject(given['tags']) ? given['tags'] : {}
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, textOf(value)]))
}

const server = newServer()
addProvider(server, {
  version: '7.48.0',
  configure(inputs) {
    const ground = groundOf(inputs, { region: process.env['AWS_REGION'] ?? 'us-east-1', account })
    if (ground.account !== account) throw new Error(`AWS account ID not allowed: ${account}`)
    const tags = defaultTagsOf(inputs)
    return realAws(createClients({ region: ground.region }), { ground, tags }, keptIn(folder, ground))
  },
})
await servePlugin(server)
