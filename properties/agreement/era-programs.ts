import fc, { type Arbitrary } from 'fast-check'

const word = fc.constantFrom('x', 'f', 'g', 'async', 'await')

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' || line.startsWith("'''") ? line : `    ${line}`))

/** A function, asynchronous or not, in a block or on one line. */
const definition = (body: Arbitrary<readonly string[]>, line: Arbitrary<string>): Arbitrary<readonly string[]> =>
  fc
    .record({
      kind: fc.constantFrom('def', 'async def', 'async   def'),
      name: word,
      parameter: word,
      body,
      line,
      isShort: fc.boolean(),
    })
    .map(({ kind, name, parameter, body: lines, line: only, isShort }) => {
      const head = `${kind} ${name}(${parameter}):`
      return isShort ? [`${head} ${only}`] : [head, ...indented(lines)]
    })

const { block } = fc.letrec<{
  expression: string
  simple: string
  statement: readonly string[]
  block: readonly string[]
}>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.constantFrom('1', "'async'", "'''await\n'''"),
    fc.tuple(tie('expression'), word).map(([value, attr]) => `${value}.${attr}`),
    fc.tuple(tie('expression'), tie('expression')).map(([callee, argument]) => `${callee}(${argument})`),
    fc.tuple(word, word, tie('expression')).map(([callee, name, value]) => `${callee}(${name}=${value})`),
    tie('expression').map((value) => `await ${value}`),
    tie('expression').map((value) => `(${value}\n)`),
    fc.tuple(tie('expression'), tie('expression')).map(([left, right]) => `(${left}) + (${right})`),
    fc.tuple(tie('expression'), word, word).map(([value, name, iter]) => `[${value} for ${name} in ${iter}]`),
  ),
  simple: fc.oneof(
    tie('expression'),
    fc.tuple(word, tie('expression')).map(([name, value]) => `${name} = ${value}`),
    word.map((name) => `import time as ${name}`),
    word.map((name) => `from asyncio import sleep as ${name}`),
    fc.constant('pass'),
  ),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('simple').map((line) => [line]),
    fc.tuple(tie('simple'), tie('simple')).map(([one, other]) => [`${one}; ${other}`]),
    tie('simple').map((line) => [`# async def ${line.split('\n')[0]}`, '', line]),
    definition(tie('block'), tie('simple')),
    definition(tie('block'), tie('simple')),
    fc
      .tuple(word, tie('expression'), tie('block'))
      .map(([name, iter, body]) => [`for ${name} in ${iter}:`, ...indented(body)]),
    fc
      .tuple(tie('expression'), tie('block'), tie('block'))
      .map(([test, body, orelse]) => [`if ${test}:`, ...indented(body), 'else:', ...indented(orelse)]),
    fc
      .tuple(word, tie('block'), tie('block'))
      .map(([name, body, handler]) => ['try:', ...indented(body), `except ${name} as ${name}:`, ...indented(handler)]),
  ),
  block: fc.array(tie('statement'), { minLength: 1, maxLength: 2 }).map((statements) => statements.flat()),
}))

/** Texts in which `async` and `await` stand where a name stands, or a word. Many of them are no program in any version. */
export const eraTexts: Arbitrary<string> = block.map((lines) => lines.map((line) => `${line}\n`).join(''))
