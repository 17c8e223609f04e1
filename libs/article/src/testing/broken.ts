import * as fc from 'fast-check'

const tags = [
  '<article>',
  '</article>',
  '<p>',
  '</p>',
  '<graphic xlink:href="a-1-fig1"/>',
  '<x a="',
  "<x a='",
  '">',
  '/>',
  '<',
  '>',
]
const others = [
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?xml version="1.0"?>',
  '<?',
  '?>',
  '<!DOCTYPE article [',
  ']>',
  '<!ENTITY a "b">',
]
const texts = ['&a;', '&nbsp;', '&#0;', '&', 'text', 'é', '\u0000', '\ud800', '"', "'", ' ', '\n']

/** Texts that are more or less like XML. */
export const broken = fc
  .array(fc.constantFrom(...tags, ...others, ...texts), { maxLength: 40 })
  .map((parts) => parts.join(''))
