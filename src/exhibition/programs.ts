import { parse } from '../program/parse.js'
import type { Module } from '../program/syntax.js'
import { type Exhibition, pythonNumber } from './exhibition.js'

const numbers = ({ boards, moves, ours, theirs }: Exhibition): string => `\
BOARDS = ${boards}
MOVES = ${moves}
OURS = ${pythonNumber(ours)}
THEIRS = ${pythonNumber(theirs)}
`

/** The exhibition without concurrency: a game is played to its end, then the next. */
export const oneByOneText = (exhibition: Exhibition): string => `\
# A chess exhibition, one board after the other: while an opponent thinks, we sit and wait.
import time

${numbers(exhibition)}

def play(board):
    for move in range(MOVES):
        time.sleep(OURS)  # we think
        time.sleep(THEIRS)  # they think, and we wait


began = time.monotonic()
for board in range(BOARDS):
    play(board)
print('the last reply came after', time.monotonic() - began, 'seconds')
`

/** The exhibition as it is played: while an opponent thinks, we make a move at the next board. */
export const moveToMoveText = (exhibition: Exhibition): string => `\
# A chess exhibition, from board to board: while an opponent thinks, we make a move at the next board.
import asyncio
import time

${numbers(exhibition)}

async def play(board):
    global last_move
    for move in range(MOVES):
        time.sleep(OURS)  # we think, and nobody else moves a piece
        last_move = time.monotonic()
        await asyncio.sleep(THEIRS)  # they think, and we go to the next board


async def main():
    await asyncio.gather(*[play(board) for board in range(BOARDS)])


last_move = began = time.monotonic()
asyncio.run(main())
print('our last move ended after', last_move - began, 'seconds')
print('the last reply came after', time.monotonic() - began, 'seconds')
`

/** One board of an exhibition whose boards differ. */
export type Board = Omit<Exhibition, 'boards'>

const boardText = ({ moves, ours, theirs }: Board): string =>
  `    (${moves}, ${pythonNumber(ours)}, ${pythonNumber(theirs)}),\n`

/** The exhibition from board to board, each board at a speed of its own. */
export const differentSpeedsText = (boards: readonly Board[]): string => `\
# A chess exhibition whose boards differ: moves of the game, seconds that we take, seconds that they take.
import asyncio
import time

BOARDS = [${boards.length === 0 ? '' : `\n${boards.map(boardText).join('')}`}]


async def play(moves, ours, theirs):
    global last_move
    for move in range(moves):
        time.sleep(ours)  # we think
        last_move = time.monotonic()
        await asyncio.sleep(theirs)  # they think


async def main():
    await asyncio.gather(*[play(moves, ours, theirs) for moves, ours, theirs in BOARDS])


last_move = began = time.monotonic()
asyncio.run(main())
print('our last move ended after', last_move - began, 'seconds')
print('the last reply came after', time.monotonic() - began, 'seconds')
`

export const oneByOne = (exhibition: Exhibition): Module => parse(oneByOneText(exhibition), 'one_by_one.py')

export const moveToMove = (exhibition: Exhibition): Module => parse(moveToMoveText(exhibition), 'move_to_move.py')

export const differentSpeeds = (boards: readonly Board[]): Module =>
  parse(differentSpeedsText(boards), 'different_speeds.py')
