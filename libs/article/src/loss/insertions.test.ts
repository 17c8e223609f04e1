import { continuum } from '../testing/journals.ts'
import { sampleXml } from '../testing/sample-xml.ts'
import { sourceOf, testInsertions } from './insertions.fixture.ts'

testInsertions([sourceOf('the sample', sampleXml(), continuum)])
