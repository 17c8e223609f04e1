import { Type, type Static } from 'typebox'

const colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })

/** A journal as its readers see it on the site, beside its articles: from the folder `journals/<name>/` of its file. */
export const SiteContent = Type.Object(
  {
    journal: Type.String({ pattern: '^[a-z0-9]{1,20}$', description: "the journal's prefix" }),
    colour: Type.Optional({ ...colour, description: 'of links and buttons, on light ground' }),
    darkColour: Type.Optional({ ...colour, description: 'the same on dark ground' }),
    logo: Type.Optional(Type.String({ pattern: '^\\s*<', maxLength: 12_000, description: 'a drawing (SVG)' })),
    pages: Type.Array(
      Type.Object({
        name: Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', description: 'in its address: "about"' }),
        title: Type.String({ minLength: 1 }),
        text: Type.String({ description: 'Markdown, without the title' }),
      }),
    ),
  },
  { additionalProperties: false },
)
export type SiteContent = Static<typeof SiteContent>
