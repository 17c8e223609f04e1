import { Type } from 'typebox'

/** Declares a page as a reply of a route. */
export function pageReply(description: string) {
  return { description, content: { 'text/html': { schema: Type.String() } } }
}

/** Declares a redirect as a reply of a route. */
export function redirectReply(description: string) {
  return Type.Unsafe<undefined>({
    type: 'null',
    description,
    headers: { location: { type: 'string', description: 'the address to go to' } },
  })
}

/** The body of every error of the API. */
export const ApiError = Type.Object({ message: Type.String(), detail: Type.String() }, { $id: 'ApiError' })

/** Declares an error of the API as a reply of a route. */
export function errorReply(description: string) {
  return { description, content: { 'application/json': { schema: ApiError } } }
}

const security = [{ session: [] }, { token: [] }]

/** The contract that the routes of the API share. */
export const apiRoute = {
  contract: { security, tags: ['api'] },
  replies: {
    401: errorReply('No valid session cookie or token.'),
    403: errorReply('The role does not allow this, or the CSRF token in x-csrf-token is not that of the session.'),
    '4xx': errorReply('The request is invalid.'),
    '5xx': errorReply('Unexpected error.'),
  },
}

/** The contract that the pages share. */
export const pageRoute = {
  contract: { security, tags: ['pages'] },
  replies: {
    303: redirectReply('Not signed in: to the sign-in page.'),
    400: pageReply('A parameter is invalid.'),
    403: pageReply('The role does not allow this.'),
    '5xx': pageReply('Unexpected error.'),
  },
}

/** The contract that the forms share. */
export const formRoute = {
  contract: { security, tags: ['forms'], consumes: ['application/x-www-form-urlencoded'] },
  replies: {
    401: pageReply('Not signed in.'),
    403: pageReply('The role does not allow this, or the CSRF token is not that of the session.'),
    '4xx': pageReply('The form is invalid.'),
    '5xx': pageReply('Unexpected error.'),
  },
}

/** The field that every form of a session carries; a machine with the token needs none. */
export const CsrfField = {
  _csrf: Type.Optional(Type.String({ description: 'The CSRF token of the session.' })),
}
