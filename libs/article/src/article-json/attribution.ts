import { escapeAttribute, escapeText } from '../jats/escape.ts'
import { htmlOf, type MarkupContext } from '../jats/markup.ts'
import { attributeOf, childrenOf, textOf, type Element } from '../jats/tree.ts'
import { webAddress } from '../jats/web-address.ts'

/** The maker of something and the terms on which it is shown, as the article says it: its attributions and permissions. */
export function attributionOf(element: Element, context: MarkupContext): readonly string[] {
  const own = childrenOf(element, 'attrib').map((attrib) => htmlOf(attrib, context))
  const permissions = childrenOf(element, 'permissions').flatMap((part) => permissionsOf(part, context))
  return [...own, ...permissions].filter(Boolean)
}

function permissionsOf(permissions: Element, context: MarkupContext): readonly string[] {
  const statements = childrenOf(permissions, 'copyright-statement').map((statement) => htmlOf(statement, context))
  // Year and holder are mostly said again for machines: they are shown where no statement says them.
  const said = childrenOf(permissions, 'copyright-statement').map(textOf).join(' ')
  const further = childrenOf(permissions, 'copyright-year', 'copyright-holder').filter(
    (part) => !said.includes(textOf(part)),
  )
  const holder = further.map((part) => htmlOf(part, context)).join(' ')
  const licences = childrenOf(permissions, 'license').flatMap((licence) => licenceOf(licence, context))
  return [...statements, holder && (said ? holder : `© ${holder}`), ...licences]
}

/** The licence in its own words, and where it is to be read unless they say so. */
function licenceOf(licence: Element, context: MarkupContext): readonly string[] {
  const words = childrenOf(licence, 'license-p', 'p').map((paragraph) => htmlOf(paragraph, context))
  const references = [attributeOf(licence, 'xlink:href') ?? '', ...childrenOf(licence, 'ali:license_ref').map(textOf)]
  const addresses = [...new Set(references)].flatMap((reference) => webAddress(reference) ?? [])
  const links = addresses
    .filter((address) => !words.join(' ').includes(escapeText(address)))
    .map((address) => `<a href="${escapeAttribute(address)}">${escapeText(address)}</a>`)
  return [...words, ...links]
}
