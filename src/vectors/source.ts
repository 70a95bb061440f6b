import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A Python program of which a vector is made. */
export interface Source {
  /** `topic/name`. */
  readonly id: string
  readonly topic: string
  readonly name: string
  readonly text: string
}

/** The sources in a folder of topics, in order of their names. */
export const readSources = (folder: string): readonly Source[] =>
  idsIn(folder, '.py').map((id) => {
    const [topic = '', name = ''] = id.split('/')
    return { id, topic, name, text: readFileSync(join(folder, `${id}.py`), 'utf8') }
  })

/** The names `topic/name` of the files with an ending in a folder of topics, in order. */
export const idsIn = (folder: string, ending: string): readonly string[] =>
  topicsIn(folder).flatMap((topic) =>
    readdirSync(join(folder, topic))
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => `${topic}/${file.slice(0, -ending.length)}`),
  )

const topicsIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []

/** What a program shows, in its own words: the comment with which its text begins. */
export const descriptionOf = (text: string): string => {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('# '))
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => line.slice(2).trim())
    .join(' ')
}
