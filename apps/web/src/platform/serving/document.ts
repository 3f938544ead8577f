import type { BuiltFile, PageServerParts } from '@moinha/contracts/served-page'
import type { PageHead } from '../module.ts'
import { type PageState, stateId } from '../shell/page-state.ts'

interface Content {
  language: 'vi' | 'en'
  path: string
  head: PageHead
  body: string
  state: PageState
  /** Files this page needs beside the entry. */
  files: readonly string[]
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** JSON inside HTML: no text in it may end the element (`</script`) or open a comment. */
const escapeJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

const isStyle = (file: string): boolean => file.endsWith('.css')

/** The built files of chunks, each given by its name or its source, with all they import; styles first. */
export function filesOf(manifest: PageServerParts['manifest'], sources: readonly string[]): string[] {
  const [styles, scripts] = [new Set<string>(), new Set<string>()]
  const add = (key: string): void => {
    const part: BuiltFile | undefined = manifest[key]
    if (!part || scripts.has(part.file)) return
    scripts.add(part.file)
    part.css?.forEach((file) => styles.add(file))
    part.imports?.forEach(add)
  }
  for (const source of sources) {
    const key = Object.keys(manifest).find((one) => one === source || manifest[one]?.name === source)
    if (!key) throw new Error(`the build has no ${source}`)
    add(key)
  }
  return [...styles, ...scripts]
}

/** Also in the page, for browsers that look for scripts there alone. */
const preload = (address: string): string => `<link rel="modulepreload" crossorigin href="${address}">`

/** A style that stands in the page: parts that come later and ask for its file find it here, and fetch nothing. */
const written = (file: string): string => `<link rel="stylesheet" href="/${file}" disabled>`

const entryScript = /<script type="module"[^>]*? src="(\/[^"]+)">/

const styleLink = /<link rel="stylesheet"[^>]*? href="\/([^"]+)">\s*/g

function headTags({ title, description }: PageHead, address: string, language: 'vi' | 'en'): string {
  const tags = [
    `<title>${escapeText(title)}</title>`,
    `<meta name="description" content="${escapeText(description)}">`,
    `<link rel="canonical" href="${escapeText(address)}">`,
    `<meta property="og:title" content="${escapeText(title)}">`,
    `<meta property="og:description" content="${escapeText(description)}">`,
    `<meta property="og:site_name" content="Mọi Nhà">`,
    `<meta property="og:type" content="website">`,
    `<meta property="og:locale" content="${language === 'vi' ? 'vi_VN' : 'en_GB'}">`,
  ]
  // Open Graph knows absolute addresses only
  if (address.startsWith('http')) tags.push(`<meta property="og:url" content="${escapeText(address)}">`)
  return tags.join('\n    ')
}

/** The built page cut into what stays and what each page fills in. */
export function openTemplate({ template, origin, readBuilt }: Omit<PageServerParts, 'manifest'>) {
  const inLanguage = (html: string, language: 'vi' | 'en'): string =>
    html.replace('<html lang="vi">', `<html lang="${language}">`)
  const bare = template
    .replace(/<title>[^]*?<\/title>/, '')
    .replace(/<meta name="description"[^>]*>/, '')
    .replace(/<div id="splash"[^]*?<\/div>/, '')
    .replace(/<noscript>[^]*?<\/noscript>/, '')
    .replace(styleLink, '')
  const entry = entryScript.exec(template)?.[1] ?? ''
  const common = [...template.matchAll(styleLink)].map(([, file]) => file ?? '')
  const [beforeHead = '', afterHead = ''] = bare.split('</head>')
  const [beforeRoot = '', afterRoot = ''] = afterHead.split('<div id="root"></div>')
  return {
    /** The page without content, for addresses only the browser can draw. */
    empty: (language: 'vi' | 'en') => inLanguage(template, language),
    /** Styles are written into the page: to fetch them would cost the text a second way to and fro. */
    fill({ language, path, head, body, state, files }: Content) {
      const styleFiles = [...new Set([...common, ...files.filter(isStyle)])]
      const styles = styleFiles.map(readBuilt)
      const scripts = [...new Set([entry, ...files.filter((file) => !isStyle(file)).map((file) => `/${file}`)])]
      const html = [
        inLanguage(beforeHead, language),
        `  ${headTags(head, (origin ?? '') + path, language)}\n    ${scripts.slice(1).map(preload).join('\n    ')}\n`,
        ...styles.map((style) => `<style>${style}</style>`),
        ...styleFiles.map(written),
        '\n  </head>',
        beforeRoot,
        `<div id="root">${body}</div>`,
        `<script type="application/json" id="${stateId}">${escapeJson(state)}</script>`,
        afterRoot,
      ].join('')
      return { html, styles, scripts }
    },
  }
}
