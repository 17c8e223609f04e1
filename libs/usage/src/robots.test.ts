import { expect, test } from 'vitest'
import { isRobot } from './robots.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

test.each([firefox, safari])('a browser is no robot: %s', (agent) => {
  expect(isRobot(agent)).toBe(false)
})

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'GOOGLEBOT',
  'curl/8.5.0',
  'python-requests/2.32',
  'node',
  'undici',
  'ELB-HealthChecker/2.0',
  'Amazon CloudFront',
  'PostmanRuntime/7.43',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Perplexity-User/1.0)',
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0 Safari/537.36`,
  '-',
  '',
  undefined,
])('%s is a robot', (agent) => {
  expect(isRobot(agent)).toBe(true)
})
