import { Liquid } from 'liquidjs'

/** A mail as data: text with variables in Liquid, `{{ article.title }}`. */
export interface MailTemplate {
  readonly name: string
  readonly subject: string
  /** In HTML; values of variables are escaped. */
  readonly html: string
  /** Plain text; made from the HTML where absent. */
  readonly text?: string
}

/** A mail of a template with its variables filled in. */
export interface RenderedMail {
  readonly subject: string
  readonly html: string
  readonly text: string
}

/** Thrown for a template that names a variable that there is none of, or is no Liquid; trying again can't help. */
export class TemplateFailure extends Error {
  override readonly name = 'TemplateFailure'
  readonly retry = false
}

const strict = { strictVariables: true, strictFilters: true, ownPropertyOnly: true } as const
const escaping = new Liquid({ ...strict, outputEscape: 'escape' })
const plain = new Liquid(strict)

/**
 * Fills a template. A variable that is not there is an error, for a mail with a hole in it is worse than none.
 *
 * @throws {TemplateFailure} naming the template and what is wrong with it
 */
export function renderMail(template: MailTemplate, variables: Readonly<Record<string, unknown>>): RenderedMail {
  const fill = (engine: Liquid, source: string): string => {
    try {
      const filled: unknown = engine.parseAndRenderSync(source, variables)
      return typeof filled === 'string' ? filled : ''
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      throw new TemplateFailure(`The mail template "${template.name}" can't be filled: ${said}`, { cause: error })
    }
  }
  const html = fill(escaping, template.html)
  return {
    // A subject is one line: what comes after would be headers.
    subject: fill(plain, template.subject).replaceAll(/\s+/g, ' ').trim(),
    html,
    text: template.text === undefined ? textOfHtml(html) : fill(plain, template.text),
  }
}

/** HTML as plain text: links with their addresses, a line for each paragraph and item. */
function textOfHtml(html: string): string {
  return html
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/g, (_, address: string, words: string) =>
      words === address ? address : `${words} (${address})`,
    )
    .replaceAll(/ *<li[^>]*> */g, '\n- ')
    .replaceAll(/ *<(br|\/tr|\/ul|\/ol)[^>]*> */g, '\n')
    .replaceAll(/ *<\/(p|h\d|div)> */g, '\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&#34;|&quot;/g, '"')
    .replaceAll(/&#39;|&apos;/g, "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \t]*\n[ \t]*/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
