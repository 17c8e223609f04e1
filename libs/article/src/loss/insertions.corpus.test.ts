import { test } from 'vitest'
import { elife } from '../testing/journals.ts'
import { areThere, articles, whereFrom } from '../testing/real-articles.ts'
import { sourceOf, testInsertions } from './insertions.fixture.ts'

/** Articles of a length at which a test of many insertions takes seconds. */
const short = articles.filter(({ xml }) => xml.length < 150_000).slice(0, 6)

if (areThere) testInsertions(short.map(({ name, xml }) => sourceOf(name, xml.toString('utf8'), elife)))
else test.skip(whereFrom)
