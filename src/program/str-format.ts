import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { notModelled } from './arithmetic.js'
import type { Keywords } from './code.js'
import { format } from './format.js'
import { type Contents, repr, str } from './representation.js'

const field =
  /\{\{|\}\}|\{(?<name>[^{}!:]*)(?:!(?<conversion>[^{}:]))?(?::(?<specification>(?:[^{}]|\{[^{}]*\})*))?\}|[{}]/g

/** `text.format(*args, **keywords)`. Mirrors `do_string_format` (3.1 to 3.14), but for attributes and items of arguments. */
export const strFormat = (text: string, args: readonly Value[], keywords: Keywords, contents: Contents): string => {
  let numbered: 'automatic' | 'manual' | null = null
  let next = 0
  const argument = (name: string): Value => {
    if (name !== '' && !/^\d+$/.test(name)) {
      if (!/^\w+$/.test(name)) throw notModelled('a replacement field with an attribute or an item is')
      const value = keywords.get(name)
      if (value === undefined) throw raise('KeyError', name)
      return value
    }
    const how = name === '' ? 'automatic' : 'manual'
    if (numbered !== null && numbered !== how) throw raise('ValueError', switching[how])
    numbered = how
    const index = name === '' ? next++ : Number(name)
    const value = args[index]
    if (value === undefined)
      throw raise('IndexError', `Replacement index ${index} out of range for positional args tuple`)
    return value
  }
  const filled = (template: string): string =>
    template.replace(field, (whole, ...match) => {
      if (whole === '{{' || whole === '}}') return whole.charAt(0)
      const { name, conversion, specification = '' } = match.at(-1) as Record<string, string | undefined>
      if (name === undefined) throw notModelled('a single brace in str.format() is')
      const value = argument(name)
      if (conversion !== undefined && conversion !== 'r' && conversion !== 's') {
        throw notModelled(`the conversion '!${conversion}' is`)
      }
      const shown = conversion === undefined ? value : conversion === 'r' ? repr(value, contents) : str(value, contents)
      return format(shown, filled(specification), contents)
    })
  return filled(text)
}

const switching = {
  automatic: 'cannot switch from manual field specification to automatic field numbering',
  manual: 'cannot switch from automatic field numbering to manual field specification',
} as const
