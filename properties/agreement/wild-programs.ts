/** Programs beyond the modelled subset: the laws are about every loop, not about the model. */
export const wildPrograms = {
  /** Tasks that start inside their creators. */
  eagerTasks: `
import asyncio, time
async def child(i):
    time.sleep(0.25)
    print('child', i)
    if i % 2:
        await asyncio.sleep(i)
    time.sleep(0.25)
    if i == 3:
        raise ValueError(i)
    return i
async def outer(i):
    t = asyncio.create_task(child(i))
    await asyncio.sleep(0)
    return await t
async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(outer(i)) for i in range(5)]
    loop.call_soon(lambda: asyncio.create_task(child(7)))
    print(await asyncio.gather(*tasks, return_exceptions=True))
asyncio.run(main())
`,
  /** Task groups, timeouts in each other, a wait that is given up. */
  groupsAndTimeouts: `
import asyncio, time
async def child(i):
    try:
        await asyncio.sleep(i)
        if i == 2: raise ValueError(i)
    finally:
        time.sleep(0.5)
        await asyncio.sleep(0)
async def main():
    try:
        async with asyncio.TaskGroup() as tg:
            for i in range(5): tg.create_task(child(i))
    except* ValueError as e:
        print(repr(e))
    try:
        async with asyncio.timeout(1.5):
            async with asyncio.timeout(1.5):
                await asyncio.gather(child(1), child(9))
    except TimeoutError:
        print('timeout')
    try:
        await asyncio.wait_for(child(5), 1)
    except asyncio.TimeoutError:
        print('t2')
asyncio.run(main())
`,
  /** Locks, semaphores, queues, events, `wait`, `as_completed`, `shield`. */
  locksAndQueues: `
import asyncio, time
async def worker(name, q, lock, sem):
    while True:
        item = await q.get()
        async with sem:
            async with lock:
                time.sleep(0.125)
                await asyncio.sleep(0.5)
        q.task_done()
        print(name, item)
async def main():
    q, lock, sem = asyncio.Queue(2), asyncio.Lock(), asyncio.Semaphore(2)
    ws = [asyncio.create_task(worker('w%d' % i, q, lock, sem)) for i in range(3)]
    ev = asyncio.Event()
    async def waiter():
        await ev.wait(); print('ev')
    ts = [asyncio.ensure_future(waiter()) for _ in range(2)]
    for i in range(7):
        await q.put(i)
    ev.set()
    await q.join()
    for w in ws: w.cancel()
    print(await asyncio.gather(*ws, return_exceptions=True))
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(d, d)) for d in (1, 1, 2)], timeout=1)
    print(len(done), len(pending))
    for f in asyncio.as_completed([asyncio.sleep(d, d) for d in (3, 1, 2)]):
        print(await f)
    s = asyncio.shield(asyncio.create_task(asyncio.sleep(4)))
    try:
        await asyncio.wait_for(s, 1)
    except asyncio.TimeoutError: print('shielded')
asyncio.run(main())
`,
  /** What tasks share: each tells when it waits, enters and leaves, puts and gets. */
  meetings: `
import asyncio
async def enter(who, name, shared, time):
    print(who, 'waits', name)
    async with shared:
        print(who, 'enters', name)
        try:
            await asyncio.sleep(time)
        finally:
            print(who, 'leaves', name)
async def put(who, queue):
    for item in range(4):
        await queue.put(item)
        print(who, 'puts', 'queue1', item)
async def get(who, queue):
    for _ in range(2):
        print(who, 'gets', 'queue1', await queue.get())
async def main():
    lock, semaphore, queue = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Queue(1)
    print('makes', 'lock1')
    print('makes', 'semaphore1', 2)
    print('makes', 'queue1', 1)
    names = ['a', 'b', 'c', 'd']
    tasks = [asyncio.create_task(enter(who, 'lock1', lock, i % 2)) for i, who in enumerate(names)]
    tasks += [asyncio.create_task(enter(who, 'semaphore1', semaphore, i % 2)) for i, who in enumerate(names)]
    tasks += [asyncio.create_task(put('e', queue)), asyncio.create_task(get('f', queue)), asyncio.create_task(get('g', queue))]
    tasks[1].cancel()
    await asyncio.sleep(0)
    tasks[2].cancel()
    print(await asyncio.gather(*tasks, return_exceptions=True))
asyncio.run(main())
`,
  cancellationsAndFailures: `
import asyncio
async def stay(who, where, awaitable):
    print(who, 'stays', *where)
    try:
        await awaitable
        print(who, 'goes on')
    except asyncio.CancelledError as error:
        print(who, 'meets', repr(error))
async def fail(time):
    try:
        await asyncio.sleep(time)
    finally:
        raise ValueError(time)
def cancel(*tasks):
    for task in tasks:
        print('main', 'cancels', task.get_name(), task.cancel())
async def end():
    cancel(asyncio.current_task())
async def main():
    future = asyncio.get_running_loop().create_future()
    one = asyncio.create_task(stay('one', ['sleep'], asyncio.sleep(1)))
    two = asyncio.create_task(stay('two', ['future'], future))
    three = asyncio.create_task(stay('three', ['task', one.get_name()], one))
    four = asyncio.create_task(end())
    for time in 0, 1, 9:
        print('main', 'forgets', asyncio.create_task(fail(time)).get_name())
    await asyncio.sleep(0)
    late = asyncio.create_task(stay('late', ['sleep'], asyncio.sleep(1)))
    cancel(two, three, two, late)
    await asyncio.sleep(3)
    cancel(one, late)
    print(one.cancelled(), two.cancelled(), three.cancelled(), four.cancelled(), late.cancelled())
asyncio.run(main())
`,
} as const
