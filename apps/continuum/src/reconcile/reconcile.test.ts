import { expect, test } from 'vitest'
import { differences, places, type VersionSeen } from './compare.ts'
import { isArchiveOf, isOnSite, versionOfCdnKey } from './gather.ts'
import { reconcileLines } from './reconcile.ts'

const everywhere = Object.fromEntries(places.map((place) => [place, true]))
const seen = (more: Partial<VersionSeen['in']> = {}, underWay = false): VersionSeen => ({
  id: '00353',
  version: 1,
  in: { lax: true, site: true, CDN: true, archive: true, dashboard: true, ...everywhere, ...more },
  underWay,
})

test('18.1: what is everywhere, or nowhere yet, is no difference; nor is what is under way', () => {
  const nowhere = { lax: false, site: false, CDN: false, archive: false, dashboard: false }
  expect(differences([seen(), seen(nowhere), seen({ CDN: false }, true)])).toEqual([])
  expect(reconcileLines({ versions: [], executions: [] }, false)).toEqual([
    'lax, site, CDN, archive and dashboard agree on every published version; SWF and dashboard on what is under way.',
  ])
})

test.each(places)(
  '18.1: a public version that is not in %s is shown, and what publishing mends is published again',
  (place) => {
    const [found] = differences([seen({ [place]: false })])
    expect(found).toMatchObject({ id: '00353', version: 1, missing: [place], republish: place !== 'archive' })
    expect(found?.message).toContain(`and not in ${place}.`)
  },
)

test('18.1: a version on the CDN that lax does not know is a difference too', () => {
  const [found] = differences([seen({ lax: false, site: false, dashboard: false, archive: false })])
  expect(found?.message).toBe('00353 version 1 is in CDN, and not in lax, site, archive and dashboard.')
})

test.each([
  ['00353/elife-00353-v1.xml', '00353.1'],
  ['continuum-00001/continuum-00001-v12.xml', 'continuum-00001.12'],
  ['00353/elife-00353-v1-download.xml', undefined],
  ['00353/elife-00353-fig1-v1.tif', undefined],
])('the key %s on the CDN is of %s', (key, version) => {
  expect(versionOfCdnKey(key)).toBe(version)
})

test('an archive is told by the id, with or without its prefix, and the version', () => {
  expect(isArchiveOf('elife-00353-vor-v1-20121213000000.zip', '00353', 1)).toBe(true)
  expect(isArchiveOf('continuum-00001-vor-v1-20121213000000.zip', 'continuum-00001', 1)).toBe(true)
  expect(isArchiveOf('elife-00353-vor-v2-20121213000000.zip', '00353', 1)).toBe(false)
  expect(isArchiveOf('elife-10353-vor-v1-20121213000000.zip', '00353', 1)).toBe(false)
})

test('a site that is busy or broken has lost no article: only its word that there is none counts', () => {
  expect([200, 404, 410].map((status) => isOnSite(status, '00353.1'))).toEqual([true, false, false])
  for (const status of [429, 500, 503])
    expect(() => isOnSite(status, '00353.1')).toThrow(`answered ${status} for 00353.1`)
})
