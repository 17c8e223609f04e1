import { createClients } from '@continuum/aws-resources'
import { contextOf } from '../../plan/aws-context.ts'
import { parsed } from '../../stand-in/rules/documents.ts'
import { isObject, textOf, type Properties } from '../../wire/values.ts'
import { newServer, servePlugin } from '../../wire/serve.ts'
import { keptIn } from '../provider/kept.ts'
import { addProvider } from '../provider/provider.ts'
import { realAws } from './aws.ts'

/** The `pulumi-resource-aws` of the Pulumi CLI in tests, for aws-local, which has only SWF, SQS and S3. */
if (!process.env['AWS_ENDPOINT_URL'])
  throw new Error('AWS_ENDPOINT_URL is not set: this stand-in must never reach AWS itself')
const folder = process.env['STAND_IN_STORE']
if (!folder) throw new Error('STAND_IN_STORE is not set: it names the folder in which the stand-in keeps resources')

/** The account of aws-local. */
const account = '123456789012'

/** The tags that the provider puts on everything. */
function defaultTagsOf(inputs: Properties): Record<string, string> {
  const given = parsed(inputs['defaultTags'] ?? null)
  const tags = isObject(given) && isObject(given['tags']) ? given['tags'] : {}
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, textOf(value)]))
}

const server = newServer()
addProvider(server, {
  version: '7.48.0',
  configure(inputs) {
    const zones = process.env['STAND_IN_ZONES']?.split(',')
    const known = { region: process.env['AWS_REGION'] ?? 'us-east-1', account, ...(zones && { zones }) }
    const context = contextOf(inputs, known)
    if (context.account !== account) throw new Error(`AWS account ID not allowed: ${account}`)
    const tags = defaultTagsOf(inputs)
    return realAws(createClients({ region: context.region }), { context, tags }, keptIn(folder, context))
  },
})
await servePlugin(server)
