import type { Ground, HttpService } from '../ground.ts'

export function createSwf(_ground: Ground): HttpService {
  return async (_request, response) => {
    response.writeHead(400).end()
  }
}
