export { jats, journal, journalSettings, samplePackage, tiff } from './sample.ts'
export { temporaryFolder } from './temporary-folder.ts'
export { directoryFields, fileIn, renamedInside, withDirectoryField, zipWith } from './zips.ts'
