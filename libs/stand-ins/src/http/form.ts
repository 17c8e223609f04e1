/** A form's fields and files. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

const nothing: Form = { fields: new Map(), files: [] }

/** Reads a form of either media type; a body of another type has no fields. Files are known by having a name, whatever their part is called. */
export async function readForm(body: Buffer, contentType: string | undefined): Promise<Form> {
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(contentType ?? '')) return nothing
  const fields = new Map<string, string>()
  const files: { name: string; text: string }[] = []
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType ?? '' } }).formData()
    for (const [key, value] of form) {
      if (typeof value === 'string') fields.set(key, value)
      else files.push({ name: value.name, text: await value.text() })
    }
  } catch (error) {
    if (error instanceof TypeError) return nothing
    throw error
  }
  return { fields, files }
}
