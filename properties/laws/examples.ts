/** Programs written by hand: each shows something that the laws speak about. */
export const examples = {
  /** One master, three boards: who waits does not hold the others up. */
  exhibition: `
import asyncio
import time

async def board(name, moves):
    for move in range(moves):
        time.sleep(1)
        await asyncio.sleep(5)
        print(name, move)

async def main():
    await asyncio.gather(board('a', 3), board('b', 3), board('c', 3))

asyncio.run(main())
`,
  /** Everybody gives the turn away again and again. */
  turns: `
import asyncio

async def count(name):
    for number in range(4):
        print(name, number)
        await asyncio.sleep(0)

async def main():
    tasks = [asyncio.create_task(count(name)) for name in ['a', 'b', 'c']]
    for task in tasks:
        await task

asyncio.run(main())
`,
  /** Equal deadlines, a deadline in the past, deadlines that work has passed, deadlines closer than the resolution. */
  timers: `
import asyncio
import time

def note(text):
    print(text)

def work():
    time.sleep(2)
    loop.call_soon(note, 'soon')
    loop.call_at(0, note, 'past')

async def main():
    for number in range(10):
        loop.call_later(1, note, number)
    loop.call_later(0.5, work)
    loop.call_later(2, note, 'passed')
    loop.call_later(1.5, note, 'passed before')
    loop.call_later(4, note, 'almost')
    loop.call_later(4 - 2 ** -22, note, 'together')
    loop.call_later(0, note, 'at once')
    await asyncio.sleep(6)

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
`,
  /** Handles and tasks are cancelled before, while and after they wait. */
  cancellations: `
import asyncio

def note(text):
    print(text)

async def sleeper(name):
    try:
        await asyncio.sleep(3)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        await asyncio.sleep(1)
    print(name, 'over')

async def main():
    loop = asyncio.get_running_loop()
    timers = [loop.call_later(number, note, number) for number in range(1, 6)]
    for timer in [timers[0], timers[2], timers[4]]:
        timer.cancel()
    soon = loop.call_soon(note, 'never')
    soon.cancel()
    tasks = [asyncio.create_task(sleeper(name)) for name in ['a', 'b', 'c']]
    tasks[0].cancel()
    await asyncio.sleep(1)
    tasks[1].cancel()
    loop.call_later(2, tasks[2].cancel)
    await asyncio.gather(tasks[0], tasks[1], tasks[2], return_exceptions=True)

asyncio.run(main())
`,
  /** A wait of more than a day is split. */
  days: `
import asyncio
asyncio.run(asyncio.sleep(200000))
`,
  /** Two loops by turns: what one of them waits for goes by while the other runs. */
  loops: `
import asyncio
import time

def note(text):
    print(text)

first = asyncio.new_event_loop()
second = asyncio.new_event_loop()
first.call_later(2, note, 'late')
first.call_soon(second.call_soon, note, 'from the other loop')
second.call_later(3, note, 'second')
first.run_until_complete(asyncio.sleep(1))
second.run_until_complete(asyncio.sleep(4))
time.sleep(1)
first.run_until_complete(asyncio.sleep(1))
first.close()
second.stop()
second.run_forever()
second.close()
`,
  /** SystemExit leaves the loop in the midst of a batch, which the next run finishes. */
  interruptions: `
import asyncio

def note(text):
    print(text)

def leave(error):
    raise error

async def step(error):
    await asyncio.sleep(0)
    raise error

loop = asyncio.new_event_loop()
for error in [SystemExit(1), KeyboardInterrupt()]:
    loop.call_soon(note, 1)
    loop.call_soon(leave, error)
    loop.call_later(0, note, 2)
    task = loop.create_task(step(error))
    other = loop.create_task(step(ValueError(1)))
    for run in range(3):
        loop.call_soon(note, 3)
        try:
            loop.run_until_complete(asyncio.sleep(1))
        except BaseException as caught:
            print(repr(caught))
`,
  /** Everybody waits for somebody. */
  deadlock: `
import asyncio

async def waiter(future):
    await asyncio.sleep(1)
    await future

async def main():
    future = asyncio.get_running_loop().create_future()
    await asyncio.gather(waiter(future), asyncio.create_task(waiter(future)))

asyncio.run(main())
`,
} as const
