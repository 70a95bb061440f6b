import type { Era } from '../program/history.js'
import { parse } from '../program/parse.js'
import { print } from '../program/print.js'
import { inStyleOf } from '../program/restyle.js'
import { type Exhibition, pythonNumber } from './exhibition.js'

const numbers = ({ boards, moves, ours, theirs }: Exhibition): string => `\
BOARDS = ${boards}
MOVES = ${moves}
OURS = ${pythonNumber(ours)}
THEIRS = ${pythonNumber(theirs)}
`

/** Without asyncio: generators, and a scheduler of a few lines. Who has slept longest goes on first. */
const generators = (exhibition: Exhibition): string => `\
import time

${numbers(exhibition)}

def sleep(seconds):
    yield time.monotonic() + seconds


def play(board):
    for move in range(MOVES):
        time.sleep(OURS)
        print('board ' + str(board + 1) + ', move ' + str(move + 1))
        yield from sleep(THEIRS)


def run(games):
    waiting = [(time.monotonic(), game) for game in games]
    while waiting:
        until, game = waiting.pop(0)
        now = time.monotonic()
        if until > now:
            time.sleep(until - now)
        try:
            until = next(game)
        except StopIteration:
            pass
        else:
            waiting.append((until, game))


run([play(board) for board in range(BOARDS)])
print('the last reply came after ' + str(time.monotonic()) + ' seconds')
`

/** With asyncio, as it is written today. */
const today = (exhibition: Exhibition): string => `\
import asyncio
import time

${numbers(exhibition)}

async def play(board):
    for move in range(MOVES):
        time.sleep(OURS)
        print(f'board {board + 1}, move {move + 1}')
        await asyncio.sleep(THEIRS)


async def main():
    await asyncio.gather(*[play(board) for board in range(BOARDS)])


asyncio.run(main())
print(f'the last reply came after {time.monotonic()} seconds')
`

/** The exhibition from board to board, written as in an era. All of these print the same lines at the same times. */
export const exhibitionInStyleOf = (era: Era, exhibition: Exhibition): string =>
  era === '3.3'
    ? print(parse(generators(exhibition), 'exhibition.py', { python: era }))
    : print(inStyleOf(era, parse(today(exhibition), 'exhibition.py')))
