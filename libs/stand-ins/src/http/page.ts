import { escapeXml } from './escape.ts'

/** A page in HTML with a heading. */
export function page(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: 0.4rem; text-align: left; vertical-align: top; }
iframe { border: 1px solid #ccc; height: 30rem; width: 100%; }
pre { white-space: pre-wrap; }
dd { margin: 0 0 0.5rem 1.5rem; }
</style>
</head>
<body>
<h1>${escapeXml(title)}</h1>
${content}
</body>
</html>
`
}
