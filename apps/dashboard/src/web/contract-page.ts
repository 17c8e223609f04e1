import { html, when, type App, type Html } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { WebContext } from '../http/context.ts'
import { pageReply, pageRoute } from '../http/replies.ts'
import { frameOf } from '../pages/frame/frame.ts'
import type { Page } from '../pages/frame/layout.ts'
import { sendPage } from '../pages/frame/send-page.ts'

type Operation = Static<typeof Operation>
const Operation = Type.Object({
  summary: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(Type.Array(Type.String())),
  'x-role': Type.Optional(Type.String()),
  parameters: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String(),
        in: Type.String(),
        required: Type.Optional(Type.Boolean()),
        description: Type.Optional(Type.String()),
      }),
    ),
  ),
  requestBody: Type.Optional(Type.Object({ content: Type.Record(Type.String(), Type.Unknown()) })),
  responses: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object({
        description: Type.Optional(Type.String()),
        content: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      }),
    ),
  ),
})

type Contract = Static<typeof Contract>
const Contract = Type.Object({
  info: Type.Object({ title: Type.String(), description: Type.Optional(Type.String()) }),
  tags: Type.Array(Type.Object({ name: Type.String(), description: Type.String() })),
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)),
  components: Type.Object({ schemas: Type.Record(Type.String(), Type.Unknown()) }),
})

interface Route {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

const pageSchema = {
  ...pageRoute.contract,
  operationId: 'contractPage',
  summary: 'Show the HTTP contract',
  response: { 200: pageReply('The contract.'), ...pageRoute.replies },
}

/** Registers the page of the contract. */
export function contractRoute(app: App, context: WebContext): void {
  app.get('/contract', { schema: pageSchema, config: { role: 'reader' } }, async (request, reply) =>
    sendPage(reply, 200, contractPage(app.swagger()), await frameOf(request, context)),
  )
}

/**
 * Builds the page to read the contract: each route by group with its role, parameters, body and replies. It is complete without
 * a script, and is read and walked through like every other page.
 */
function contractPage(document: unknown): Page {
  // Through JSON it is as machines read it: without what has no value.
  const contract = Value.Parse(Contract, JSON.parse(JSON.stringify(document)))
  const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Route => ({ method: method.toUpperCase(), path, operation })),
  )
  return {
    title: 'Contract',
    main: html`<h1 id="heading">${contract.info.title}: the HTTP contract</h1>
      ${(contract.info.description ?? '').split('\n\n').map((text) => html`<p>${codeHtml(text)}</p>`)}
      <p>For machines: <a class="button" href="/openapi.json">openapi.json</a></p>
      ${contract.tags.map((tag) =>
        groupHtml(
          tag,
          routes.filter(({ operation }) => operation.tags?.includes(tag.name)),
        ),
      )}
      ${schemasHtml(contract)}`,
  }
}

/** Renders a text with its code between backticks, as OpenAPI has it. */
function codeHtml(text: string): Html {
  return html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`
}

function groupHtml({ name, description }: Contract['tags'][number], routes: readonly Route[]): Html {
  return html`<section aria-labelledby="group-${name}">
    <h2 id="group-${name}">${description} <span class="count">${routes.length}</span></h2>
    ${routes.map(routeHtml)}
  </section>`
}

function routeHtml({ method, path, operation }: Route): Html {
  const { summary, description, parameters = [], requestBody, responses = {} } = operation
  return html`<details class="route">
    <summary>
      <b>${method}</b> <code>${path}</code> <span>${summary}</span>${when(
        operation['x-role'],
        (role) => html` <span class="note">${role}</span>`,
      )}
    </summary>
    ${when(description, (text) => html`<p>${text}</p>`)}
    <dl class="facts">
      ${parameters.map(
        (parameter) =>
          html`<dt><code>${parameter.name}</code></dt>
            <dd>
              ${parameter.in}${parameter.required ? ', required' : ''}${when(parameter.description, (text) => html`: ${text}`)}
            </dd>`,
      )}${Object.entries(requestBody?.content ?? {}).map(
        ([type, body]) =>
          html`<dt>Body</dt>
            <dd>
              ${type}
              <pre class="value">${schemaText(body)}</pre>
            </dd>`,
      )}${Object.entries(responses).map(
        ([status, reply]) =>
          html`<dt>${status}</dt>
            <dd>
              ${reply.description}${Object.entries(reply.content ?? {}).map(
                ([type, body]) =>
                  html` <span>${type}</span>${when(
                      type === 'application/json',
                      () => html`<pre class="value">${schemaText(body)}</pre>`,
                    )}`,
              )}
            </dd>`,
      )}
    </dl>
  </details>`
}

function schemasHtml({ components }: Contract): Html {
  return html`<section aria-labelledby="schemas">
    <h2 id="schemas">Schemas that have a name</h2>
    ${Object.entries(components.schemas).map(
      ([name, schema]) =>
        html`<details class="route">
          <summary><code>${name}</code></summary>
          <pre class="value">${JSON.stringify(schema, undefined, 2)}</pre>
        </details>`,
    )}
  </section>`
}

const WithSchema = Type.Object({ schema: Type.Unknown() })

function schemaText(body: unknown): string {
  return JSON.stringify(Value.Check(WithSchema, body) ? body.schema : body, undefined, 2)
}
